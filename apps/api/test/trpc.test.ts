import { gzipSync } from "node:zlib";
import { initTRPC } from "@trpc/server";
import { WendError } from "@wend/plugin";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer, TestApi } from "./harness.ts";
import { send, startTestApi } from "./harness.ts";

const t = initTRPC.context<{ key: string | null; requestId: string | null }>().create();
const router = t.router({
  whoami: t.procedure.query(({ ctx }) => ctx.key),
  requestId: t.procedure.query(({ ctx }) => ctx.requestId),
  echo: t.procedure.input((value) => value).mutation(({ input }) => input),
  busy: t.procedure.query(() => {
    throw new WendError("limit.overloaded", { retryAfterMs: 1_500 });
  }),
  fail: t.procedure.query(() => {
    throw new Error("boom");
  }),
});

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({
    trpc: {
      router,
      createContext: ({ headers }) => ({ key: headers.get("authorization"), requestId: headers.get("x-request-id") }),
    },
  });
});
afterAll(() => api.close());

const json = { "content-type": "application/json" };

describe("tRPC calls", () => {
  it("reach the router with their request", async () => {
    const asked = await send(api, "/trpc/whoami", { method: "GET" });
    expect(asked).toMatchObject({ status: 200, body: { result: { data: `Bearer ${api.key}` } } });
    const echoed = await send(api, "/trpc/echo", { body: { a: 1 }, headers: json });
    expect(echoed).toMatchObject({ status: 200, body: { result: { data: { a: 1 } } } });
    const zipped = await send(api, "/trpc/echo", {
      body: gzipSync(`{"a":2}`),
      headers: { ...json, "content-encoding": "gzip" },
    });
    expect(zipped).toMatchObject({ status: 200, body: { result: { data: { a: 2 } } } });
  });

  it("are checked at the same edge as events", async () => {
    const nul = await send(api, "/trpc/echo", { body: String.raw`{"a":"\u0000"}`, headers: json });
    expect(nul).toMatchObject({ status: 400, body: { code: "request.bad_text", pointer: "/a" } });
    const large = await send(api, "/trpc/echo", { body: "x".repeat(600_000), headers: json });
    expect(large).toMatchObject({ status: 413, body: { code: "request.too_large" } });
    const input = encodeURIComponent(String.raw`{"id":"\ud800"}`);
    const asked = await send(api, `/trpc/whoami?input=${input}`, { method: "GET" });
    expect(asked).toMatchObject({ status: 400, body: { code: "request.bad_text", pointer: "/id" } });
  });

  it.each([
    ["whoami?input=%7B", "The JSON in the parameter `input` does not parse. It breaks off"],
    ["whoami?input=userId%3Dada", "The JSON in the parameter `input` does not parse."],
    ["whoami?input=%E0%A4%A", "The JSON in the parameter `input` does not parse."],
    ["whoami,whoami?batch=1&input=%7B", "The JSON in the parameter `input` does not parse."],
  ])("whose input does not parse are told so: %s", async (path, detail) => {
    const answer = await send(api, `/trpc/${path}`, { method: "GET" });
    expect(answer).toMatchObject({ status: 400, body: { code: "request.invalid_json", pointer: "" } });
    expect(answer.body.detail).toContain(detail);
  });

  it("are answered under the id of their request", async () => {
    const headers = { "x-request-id": "req-7" };
    expect((await send(api, "/trpc/whoami", { method: "GET", headers })).headers.get("x-request-id")).toBe("req-7");
    const made = (await send(api, "/trpc/requestId", { method: "GET" })) as Answer;
    expect(made.body.result.data).toBe(made.headers.get("x-request-id"));
  });

  it("say when to try again", async () => {
    const wait = async (path: string) => (await send(api, path, { method: "GET" })).headers.get("retry-after");
    expect([await wait("/trpc/busy"), await wait("/trpc/whoami")]).toEqual(["2", null]);
  });

  it("are 20 to a request at most", async () => {
    const ask = (count: number) =>
      send(api, `/trpc/${Array(count).fill("whoami").join(",")}?batch=1&input=%7B%7D`, { method: "GET" });
    expect((await ask(20)).status).toBe(200);
    expect((await ask(21)).status).toBe(400);
  });
});
