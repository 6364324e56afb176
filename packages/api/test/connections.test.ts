import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestApi } from "./harness.ts";
import { startTestApi } from "./harness.ts";

interface Connection {
  readonly id: string;
  readonly key: string;
}

describe("connections", () => {
  let api: TestApi;
  const create = (key: string, config: object, more: object = {}) =>
    api.mutate<Connection>("connections.create", { key, plugin: "mail", config, ...more });

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  it("are made with limits and listed by key, and their secrets never come out", async () => {
    const made = await create("second", { host: "mail.example.com", password: "hunter2-hunter2" }, { concurrency: 5 });
    expect(made.data).toMatchObject({
      key: "second",
      plugin: "mail",
      channel: "email",
      config: { host: "mail.example.com" },
      secrets: ["password"],
      concurrency: 5,
      ratePerSecond: null,
      onUnknown: null,
    });
    await create("first", { host: "mail.example.com" });
    const list = await api.query<{ items: Connection[] }>("connections.list");
    expect(list.data.items.map(({ key }) => key)).toEqual(["first", "second"]);
    expect(JSON.stringify([made, list])).not.toContain("hunter2");
  });

  it("are changed by key or id, and keep a secret that the change leaves out", async () => {
    const { id } = (await create("change", { host: "old.example.com", password: "hunter2-hunter2" })).data;
    const change = { connection: "change", config: { host: "new.example.com" }, ratePerSecond: 10 };
    const changed = await api.mutate("connections.update", change);
    expect(changed.data).toMatchObject({
      id,
      config: { host: "new.example.com" },
      secrets: ["password"],
      ratePerSecond: 10,
    });
    const more = await api.mutate("connections.update", { connection: id, concurrency: 2 });
    expect(more.data).toMatchObject({ ratePerSecond: 10, concurrency: 2 });
  });

  it("have quotas, a pace per domain, a sandbox and test addresses, all of whose faults are told at once", async () => {
    const settings = {
      dailyQuota: 100,
      warmUp: { startsOn: "2026-03-01", perDay: [10, 20] },
      perDomain: { "gmail.com": 5, "*": 50 },
      sandbox: { record: true },
      testAddresses: ["ops@operator.example"],
    };
    expect((await create("limited", { host: "h" }, settings)).data).toMatchObject(settings);
    const change = { sandbox: null, perDomain: {} };
    const changed = await api.mutate("connections.update", { connection: "limited", ...change });
    expect(changed.data).toMatchObject({ ...settings, perDomain: {}, sandbox: null });
    const wrong = {
      dailyQuota: -1,
      warmUp: { startsOn: "soon", perDay: [] },
      perDomain: { "A.b": 1 },
      sandbox: { redirectTo: "x" },
    };
    const { error } = await create("wrong", { host: "h" }, { ...wrong, testAddresses: ["y"] });
    expect(error.data.wend.problems?.map(({ pointer }) => pointer).sort()).toEqual([
      "/dailyQuota",
      "/perDomain/A.b",
      "/sandbox/redirectTo",
      "/testAddresses/0",
      "/warmUp/perDay",
      "/warmUp/startsOn",
    ]);
  });

  it("are checked as they are stored at that moment", async () => {
    await create("check", { host: "mail.example.com", password: "hunter2-hunter2" });
    const check = () => api.mutate<{ problems: { code: string }[] }>("connections.check", { connection: "check" });
    expect((await check()).data).toEqual({ problems: [] });
    await api.mutate("connections.update", { connection: "check", config: { host: "down" } });
    const failed = await check();
    expect(failed.data.problems).toMatchObject([{ code: "plugin.crashed" }]);
    await api.mutate("connections.update", { connection: "check", config: { host: "refusing" } });
    const refused = { code: "provider.unavailable", fix: expect.stringMatching(/^Check host and port/) };
    expect((await check()).data.problems).toMatchObject([refused]);
    expect(JSON.stringify(failed)).not.toContain("hunter2");
  });

  it("are refused with the pointer of each fault, a misspelt secret among them", async () => {
    const { error } = await create("A Key", { host: "", pasword: "hunter2-hunter2" });
    expect(error.data.wend.problems?.map(({ pointer }) => pointer)).toEqual([
      "/key",
      "/config/pasword",
      "/config/host",
    ]);
    expect(JSON.stringify(error)).not.toContain("hunter2");
    const everything = await create("A Key", { host: "" }, { concurrency: 0, onUnknown: "wait", rate: 1, more: 2 });
    expect([everything.status, everything.error.data.wend.code]).toEqual([400, "connection.invalid_config"]);
    expect(everything.error.data.wend.problems?.map(({ pointer }) => pointer).sort()).toEqual([
      "/concurrency",
      "/config/host",
      "/key",
      "/more",
      "/onUnknown",
      "/rate",
    ]);
    const unknown = await api.mutate("connections.create", { key: "a", plugin: "fax", config: {} });
    expect(unknown.error.data.wend.pointer).toBe("/plugin");
  });

  it.each([
    ["an unknown plugin", { key: "a", plugin: "fax", config: {} }, 400, "plugin.unknown"],
    [
      "a config that does not parse",
      { key: "a", plugin: "mail", config: { host: "" } },
      400,
      "connection.invalid_config",
    ],
    ["a config that is no object", { key: "a", plugin: "mail", config: [] }, 400, "connection.invalid_config"],
    ["a key with spaces", { key: "a b", plugin: "mail", config: { host: "h" } }, 400, "connection.invalid_config"],
    [
      "too many calls at once",
      { key: "a", plugin: "mail", config: {}, concurrency: 0 },
      400,
      "connection.invalid_config",
    ],
    ["nothing", undefined, 400, "connection.invalid_config"],
  ] as [string, object | undefined, number, string][])("are refused: %s", async (_, ...[input, status, code]) => {
    const answer = await api.mutate("connections.create", input);
    expect([answer.status, answer.error.data.wend.code]).toEqual([status, code]);
  });

  it("are changed by none of a change that is refused, with the pointer of each fault", async () => {
    const before = (await create("steady", { host: "mail.example.com" })).data;
    const change = { connection: "steady", config: { host: "", port: 1 }, concurrency: 1_001, rate: 1 };
    const { status, error } = await api.mutate("connections.update", change);
    expect([status, error.data.wend.code]).toEqual([400, "connection.invalid_config"]);
    expect(error.data.wend.problems?.map(({ pointer }) => pointer).sort()).toEqual([
      "/concurrency",
      "/config/host",
      "/config/port",
      "/rate",
    ]);
    const { data } = await api.query<{ items: Connection[] }>("connections.list");
    expect(data.items.find(({ key }) => key === "steady")).toEqual(before);
  });

  it("have a key of their own", async () => {
    await create("taken", { host: "h" });
    const again = await create("taken", { host: "h" });
    expect([again.status, again.error.data.wend.code]).toEqual([409, "connection.key_taken"]);
  });

  it.each(["check", "update"])("are not found by %s when there is none of that name", async (verb) => {
    const answer = await api.mutate(`connections.${verb}`, { connection: "nobody" });
    expect([answer.status, answer.error.data.wend.code]).toEqual([404, "connection.not_found"]);
  });
});
