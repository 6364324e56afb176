import { createApiKey } from "@wend/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestApi } from "./harness.ts";
import { startTestApi } from "./harness.ts";

interface Sent {
  readonly providerId: string;
  readonly idempotencyKey: string;
}

describe("a test send", () => {
  let api: TestApi;
  const own = "ops@operator.example";
  const ask = (change: object = {}, key?: string) =>
    api.mutate<Sent>(
      "connections.testSend",
      { connection: "tested", action: "send", input: { subject: "Hi {{ profile.name }}" }, address: own, ...change },
      key,
    );

  beforeAll(async () => {
    api = await startTestApi();
    const config = { host: "fine" };
    await api.mutate("connections.create", { key: "tested", plugin: "mail", config, testAddresses: [own] });
    await api.mutate("connections.create", { key: "closed", plugin: "mail", config });
    await api.identify("ann", { name: "Ann" });
  });
  afterAll(() => api.close());

  it.each([
    ["a stored profile", { userId: "ann" }, `${own}: Hi Ann`],
    ["a sample of traits", { traits: { name: "Ben" } }, `${own}: Hi Ben`],
    ["nobody", undefined, `${own}: Hi `],
  ])("is rendered for %s", async (_, profile, providerId) => {
    const { status, data } = await ask(profile && { profile });
    expect([status, data]).toEqual([
      200,
      { output: {}, providerId, idempotencyKey: expect.stringMatching(/^test:/), sandbox: null },
    ]);
  });

  it("reads a stored profile only for a key that may", async () => {
    const scopes = ["connections:write"] as const;
    const { key } = await createApiKey(api.test.store, api.test.workspace.id, { kind: "srv", name: "ops", scopes });
    expect((await ask({ profile: { traits: { name: "Ben" } } }, key)).status).toBe(200);
    expect((await ask({ profile: { userId: "ann" } }, key)).error.data.wend.code).toBe("auth.forbidden");
  });

  it("leaves a line in the log with who asked for it, and no address", async () => {
    const { data } = await ask();
    const line = api.logged
      .map((text) => JSON.parse(text))
      .find(({ idempotencyKey }) => idempotencyKey === data.idempotencyKey);
    expect(line).toMatchObject({ msg: "test send", action: "send", outcome: "accepted", actor: expect.any(String) });
    await ask({ address: "ann@customer.example" });
    expect(JSON.parse(api.logged.at(-1)!)).toMatchObject({ outcome: "connection.test_address_not_allowed" });
    expect(api.logged.join()).not.toContain("@");
  });

  it.each([
    [
      "an address that the operator has not named",
      { address: "ann@customer.example" },
      403,
      "connection.test_address_not_allowed",
    ],
    ["a connection without test addresses", { connection: "closed" }, 403, "connection.test_address_not_allowed"],
    ["a connection that is not there", { connection: "nobody" }, 404, "connection.not_found"],
    ["a profile that is not there", { profile: { userId: "nobody" } }, 404, "profile.not_found"],
    ["two profiles", { profile: { userId: "ann", traits: {} } }, 400, "request.invalid_field"],
    ["an action that is not there", { action: "sned" }, 400, "connection.unknown_action"],
    ["an input that does not parse", { input: { subject: 7 } }, 422, "input.invalid"],
  ] as [string, object, number, string][])("is refused for %s", async (_, ...[change, status, code]) => {
    const answer = await ask(change);
    expect([answer.status, answer.error.data.wend.code]).toEqual([status, code]);
  });

  it("needs the scope connections:write, and finds no connection of another tenant", async () => {
    const { store, workspace } = api.test;
    const { key } = await createApiKey(store, workspace.id, {
      kind: "srv",
      name: "reader",
      scopes: ["connections:read"],
    });
    expect((await ask({}, key)).error.data.wend.code).toBe("auth.forbidden");
    const other = await api.addTenant("test-send-other");
    expect((await ask({}, other.key)).error.data.wend.code).toBe("connection.not_found");
  });
});
