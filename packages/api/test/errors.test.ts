import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { connectStore } from "@wend/core";
import { errorTable, WendError } from "@wend/plugin";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiRuntime } from "../src/index.ts";
import { appRouter, createContext } from "../src/index.ts";
import type { Answer, TestApi } from "./harness.ts";
import { mutation, queryRequest, startTestApi } from "./harness.ts";

const raw = (method: string, path: string, init: RequestInit = {}) =>
  new Request(`http://wend.test/trpc/${path}`, { method, ...init });

/** Procedure, input, pointer to the fault. */
type Fault = [string, unknown, string];

describe("an error", () => {
  let api: TestApi;
  const auth = () => ({ authorization: `Bearer ${api.key}` });
  const ask = async (request: Request, runtime: ApiRuntime = api.runtime): Promise<Answer & { text: string }> => {
    const response = await fetchRequestHandler({
      endpoint: "/trpc",
      req: request,
      router: appRouter,
      createContext: () => createContext(runtime, request),
    });
    const text = await response.text();
    return { text, status: response.status, ...JSON.parse(text) };
  };

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  it("has a stable code, its status, a detail, a pointer, a fix and the request's id", async () => {
    const request = queryRequest("runs.list", { limit: 0 }, api.key);
    request.headers.set("x-request-id", "req-1");
    const { status, error } = await ask(request);
    expect(status).toBe(400);
    expect(error).toEqual({
      code: -32600,
      message: expect.stringContaining(errorTable["request.invalid_field"].message),
      data: {
        code: "BAD_REQUEST",
        httpStatus: 400,
        path: "runs.list",
        wend: {
          code: "request.invalid_field",
          status: 400,
          pointer: "/limit",
          detail: expect.any(String),
          problems: [
            {
              code: "request.invalid_field",
              pointer: "/limit",
              message: expect.any(String),
              fix: errorTable["request.invalid_field"].fix,
            },
          ],
          fix: errorTable["request.invalid_field"].fix,
          requestId: "req-1",
        },
      },
    });
  });

  it("lists every fault of an input with its pointer", async () => {
    const items = [
      { userId: "ada", channel: "email", purpose: "promotional", detail: [1] },
      { userId: "bob", channel: 7, "a/b~c": 1 },
      { channel: "email", purpose: "promotional" },
    ];
    const { status, error } = await api.mutate("consents.grant", { items, source: "" });
    expect(status).toBe(400);
    const pointers = error.data.wend.problems?.map(({ pointer }) => pointer);
    expect(pointers?.sort()).toEqual([
      "/items/0/detail",
      "/items/1/a~1b~0c",
      "/items/1/channel",
      "/items/1/purpose",
      "/items/2",
      "/source",
    ]);
  });

  it.each([
    ["an input of another kind", "runs.get", 7, ""],
    ["no input where one is needed", "runs.get", undefined, ""],
    ["an id that is none", "runs.get", { id: "x" }, "/id"],
    ["an unknown field", "runs.list", { status: "active", stat: 1 }, "/stat"],
    ["too many items", "deliveries.list", { limit: 201 }, "/limit"],
    ["an unknown state", "deliveries.list", { state: "lost" }, "/state"],
    ["a cursor that is none", "runs.list", { before: "x" }, "/before"],
    ["two names of one profile", "profiles.get", { userId: "a", anonymousId: "b" }, ""],
    ["no name of a profile", "profiles.get", {}, ""],
    ["an array", "journeys.get", [], ""],
  ] as [string, ...Fault][])("answers %s with a pointer", async (_, ...[path, input, pointer]) => {
    const { status, error } = await api.query(path, input);
    expect([status, error.data.wend.code, error.data.wend.pointer]).toEqual([400, "request.invalid_field", pointer]);
  });

  it.each([
    { ask: "GET no.such", status: 404, code: "request.not_found" },
    { ask: "GET journeys", status: 404, code: "request.not_found" },
    { ask: "GET constructor", status: 404, code: "request.not_found" },
    { ask: "GET journeys.create", status: 405, code: "request.method_not_allowed" },
    { ask: "POST journeys.list", status: 405, code: "request.method_not_allowed" },
    { ask: "GET runs.get?input={", status: 400, code: "request.invalid_json" },
    { ask: "POST journeys.pause", body: "{", status: 400, code: "request.invalid_json" },
    {
      ask: "POST journeys.pause",
      body: "a=1",
      type: "text/plain",
      status: 415,
      code: "request.unsupported_media_type",
    },
  ])("answers $ask $body by $code", async ({ ask: line, body, type = "application/json", status, code }) => {
    const [method, path] = line.split(" ") as [string, string];
    const headers = { "content-type": type, ...auth() };
    const answer = await ask(raw(method, path, { headers, ...(body !== undefined && { body }) }));
    expect([answer.status, answer.error.data.wend.code]).toEqual([status, code]);
  });

  it("tells nothing of what nobody expected, and logs it", async () => {
    const secret = "select secret_hash from api_keys";
    const accept = { ...api.runtime.accept, consent: () => Promise.reject(new Error(secret)) };
    const items = [{ userId: "ada", channel: "email", purpose: "promotional" }];
    const answer = await ask(mutation("consents.grant", { items }, api.key), { ...api.runtime, accept });
    expect([answer.status, answer.error.data.wend.code]).toEqual([500, "internal.unexpected"]);
    expect(answer.text).not.toMatch(/select|stack|\.ts:\d/);
    const line = api.logged.find((each) => each.includes(secret));
    expect(JSON.parse(line ?? "{}")).toMatchObject({
      path: "consents.grant",
      code: "internal.unexpected",
      requestId: answer.error.data.wend.requestId,
    });
  });

  it("keeps an answer back that is not what the reference promises", async () => {
    await api.mutate("connections.create", { key: "garbled", plugin: "mail", config: { host: "garbled" } });
    const answer = await ask(mutation("connections.check", { connection: "garbled" }, api.key));
    expect([answer.status, answer.error.data.wend.code]).toEqual([500, "internal.unexpected"]);
    expect(answer.text).not.toContain("nonsense");
  });

  it("carries what our own errors say, with the earliest next try", async () => {
    const overloaded = new WendError("limit.overloaded", { retryAfterMs: 1_500 });
    const accept = { ...api.runtime.accept, consent: () => Promise.reject(overloaded) };
    const items = [{ userId: "ada", channel: "email", purpose: "promotional" }];
    const answer = await ask(mutation("consents.grant", { items }, api.key), { ...api.runtime, accept });
    expect(answer.status).toBe(429);
    expect(answer.error.data).toMatchObject({
      code: "TOO_MANY_REQUESTS",
      wend: { code: "limit.overloaded", retryAfterMs: 1_500, fix: errorTable["limit.overloaded"].fix },
    });
  });

  it("is store.unavailable when the database is down", async () => {
    const store = connectStore({ url: "postgres://nobody@127.0.0.1:1/none" });
    const answer = await ask(queryRequest("journeys.list", {}, api.key), { ...api.runtime, store });
    await store.close();
    expect([answer.status, answer.error.data.wend.code]).toEqual([503, "store.unavailable"]);
    expect(answer.text).not.toMatch(/ECONNREFUSED|127\.0\.0\.1/);
  });

  it("concerns one call of a batch only", async () => {
    const input = encodeURIComponent(JSON.stringify({ 0: {}, 1: { limit: -1 } }));
    const headers = auth();
    const response = await api.fetch(raw("GET", `journeys.list,runs.list?batch=1&input=${input}`, { headers }));
    const [first, second] = (await response.json()) as [{ result: object }, { error: Answer["error"] }];
    expect(response.status).toBe(207);
    expect(first.result).toBeDefined();
    expect(second.error.data.wend.pointer).toBe("/limit");
  });
});
