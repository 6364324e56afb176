import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestApi } from "./harness.ts";
import { startTestApi } from "./harness.ts";

describe("a preview", () => {
  let api: TestApi;
  const connect = (host: string) =>
    api.mutate("connections.create", { key: host, plugin: "mail", config: { host, password: "hunter2-hunter2" } });
  const preview = (connection: string, change: object = {}, key?: string) =>
    api.mutate(
      "connections.preview",
      { connection, action: "send", input: { subject: "Hi {{ name }}" }, ...change },
      key,
    );

  beforeAll(async () => {
    api = await startTestApi();
    for (const host of ["fine", "no-preview", "crashing", "refusing", "garbled", "silent"]) await connect(host);
  });
  afterAll(() => api.close());

  it("tells what a delivery would be, of its input as it is given", async () => {
    const { status, data } = await preview("fine", { address: "ann@example.com" });
    expect([status, data]).toEqual([
      200,
      { parts: 1, bytes: 13, cost: { amount: 0.01, currency: "EUR" }, notes: ["to ann@example.com: Hi {{ name }}"] },
    ]);
    expect((await preview("fine")).data).toMatchObject({ notes: ["to nobody: Hi {{ name }}"] });
  });

  it("names no customer to the plugin of a sandboxed connection", async () => {
    const redirected = { connection: "fine", sandbox: { redirectTo: "ops@operator.example" } };
    await api.mutate("connections.update", redirected);
    const notes = async () => (await preview("fine", { address: "ann@example.com" })).data;
    expect(await notes()).toMatchObject({ notes: ["to ops@operator.example: Hi {{ name }}"] });
    await api.mutate("connections.update", { connection: "fine", sandbox: { record: true } });
    expect(await notes()).toMatchObject({ notes: ["to nobody: Hi {{ name }}"] });
    await api.mutate("connections.update", { connection: "fine", sandbox: null });
  });

  it("is refused with the pointer of every fault of the input", async () => {
    const { status, error } = await preview("fine", { input: { subject: 7, retries: -1 } });
    expect([status, error.data.wend.code]).toEqual([422, "input.invalid"]);
    expect(error.data.wend.problems?.map(({ pointer }) => pointer)).toEqual(["/input/subject", "/input/retries"]);
  });

  it.each([
    ["a connection that is not there", "nobody", {}, 404, "connection.not_found"],
    ["an action that the plugin does not have", "fine", { action: "sned" }, 400, "connection.unknown_action"],
    [
      "an action called like a method of every object",
      "fine",
      { action: "toString" },
      400,
      "connection.unknown_action",
    ],
    ["a plugin without previews", "no-preview", {}, 422, "connection.no_preview"],
    ["a plugin that crashes", "crashing", {}, 502, "plugin.crashed"],
    ["a plugin that says why not", "refusing", {}, 422, "provider.rejected"],
    ["a plugin that returns something else", "garbled", {}, 502, "plugin.bad_output"],
    ["an input that is none", "fine", { input: [] }, 400, "request.invalid_field"],
    ["a field that nobody knows", "fine", { to: "ann@example.com" }, 400, "request.invalid_field"],
  ] as [string, string, object, number, string][])(
    "answers %s with a code",
    async (_, ...[connection, change, status, code]) => {
      const answer = await preview(connection, change);
      expect([answer.status, answer.error.data.wend.code]).toEqual([status, code]);
      expect(JSON.stringify([answer.error, api.logged])).not.toContain("hunter2");
    },
  );

  it("answers another tenant as if the connection did not exist", async () => {
    const other = await api.addTenant("preview-other");
    expect((await preview("fine", {}, other.key)).error.data.wend.code).toBe("connection.not_found");
  });

  it("is waited for no longer than 10 s", { timeout: 20_000 }, async () => {
    const answer = await preview("silent");
    expect([answer.status, answer.error.data.wend.code]).toEqual([504, "plugin.timeout"]);
  });
});
