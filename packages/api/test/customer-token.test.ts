import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestApi } from "./harness.ts";
import { noon, startTestApi } from "./harness.ts";

interface Token {
  readonly token: string;
  readonly expiresAt: string;
}

describe("a customer's token", () => {
  let api: TestApi;
  let profileId: string;
  let connections: { id: string }[];
  const at = (connectionId: string, workspaceId = api.test.workspace.id) => ({ workspaceId, connectionId });
  const ask = (input: object, key?: string) =>
    api.mutate<Token>("profiles.token", { profile: { userId: "ann" }, expiresInSeconds: 60, ...input }, key);

  beforeAll(async () => {
    api = await startTestApi();
    await api.identify("ann", { plan: "pro" });
    profileId = (await api.query<{ id: string }>("profiles.get", { userId: "ann" })).data.id;
    const create = async (key: string) => {
      const input = { key, plugin: "mail", config: { host: "mail.example.com" } };
      return (await api.mutate<{ id: string }>("connections.create", input)).data;
    };
    connections = [await create("one"), await create("two")];
  });
  afterAll(() => api.close());

  it("speaks for the profile at every connection of its workspace until it ends", async () => {
    const { token, expiresAt } = (await ask({})).data;
    expect(expiresAt).toBe("2026-01-01T12:01:00.000Z");
    const { customerTokens } = api.runtime;
    for (const { id } of connections) expect(await customerTokens.open(token, at(id))).toBe(profileId);
    const other = await api.addTenant("other");
    expect(await customerTokens.open(token, at(connections[0]!.id, other.workspace.id))).toBeUndefined();
    api.test.clock.advance("PT59.999S");
    expect(await customerTokens.open(token, at(connections[0]!.id))).toBe(profileId);
    api.test.clock.advance("PT0.001S");
    expect(await customerTokens.open(token, at(connections[0]!.id))).toBeUndefined();
    api.test.clock.set(noon);
  });

  it("for one connection speaks there alone, by whichever name it was asked for", async () => {
    const [one, two] = connections as [{ id: string }, { id: string }];
    for (const connection of ["one", one.id]) {
      const { token } = (await ask({ connection, profile: { id: profileId } })).data;
      expect(await api.runtime.customerTokens.open(token, at(one.id))).toBe(profileId);
      expect(await api.runtime.customerTokens.open(token, at(two.id))).toBeUndefined();
    }
  });

  it.each([
    ["a profile that nobody knows", { profile: { userId: "nobody" } }, "profile.not_found"],
    ["a profile by two names", { profile: { userId: "ann", anonymousId: "a" } }, "request.invalid_field"],
    ["a connection that nobody knows", { connection: "nope" }, "connection.not_found"],
    ["more than 30 days", { expiresInSeconds: 30 * 86_400 + 1 }, "request.invalid_field"],
    ["no time at all", { expiresInSeconds: 0 }, "request.invalid_field"],
  ])("is refused for %s", async (_, input, code) => {
    expect((await ask(input)).error.data.wend.code).toBe(code);
  });

  it("is never another workspace's own", async () => {
    const { key } = await api.addTenant("stranger");
    expect((await ask({}, key)).error.data.wend.code).toBe("profile.not_found");
  });
});
