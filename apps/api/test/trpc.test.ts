import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { createTRPCClient, httpBatchLink, httpLink, TRPCClientError } from "@trpc/client";
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
  it("take room while they are read, and are turned away when there is none", async () => {
    const crowded = await startTestApi({
      trpc: { router, createContext: () => ({ key: null, requestId: null }) },
      limits: { bytes: 600_000 },
    });
    try {
      const first = connect(crowded.server.port, "127.0.0.1");
      first.write("POST /trpc/echo HTTP/1.1\r\nhost: wend\r\ntransfer-encoding: chunked\r\n\r\n1\r\n1\r\n");
      const body = JSON.stringify("x".repeat(100_000));
      const status = async () => (await send(crowded, "/trpc/echo", { body, headers: json })).status;
      await expect.poll(status, { timeout: 10_000 }).toBe(429);
      first.destroy();
      await expect.poll(status, { timeout: 10_000 }).toBe(200);
    } finally {
      await crowded.close();
    }
  });

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

  it.each([
    ["text that no store keeps", String.raw`{"a":"\u0000"}`, { code: "request.bad_text", status: 400, pointer: "/a" }],
    ["a forbidden key", `{"__proto__":1}`, { code: "request.forbidden_key", status: 400, pointer: "/__proto__" }],
    ["an unsafe number", `{"a":[9007199254740993]}`, { code: "request.unsafe_number", status: 400, pointer: "/a/0" }],
    ["too many levels", "[".repeat(65) + "]".repeat(65), { code: "request.too_deep", status: 400 }],
    ["no JSON", `{"a":`, { code: "request.invalid_json", status: 400, pointer: "" }],
    ["too many bytes", "x".repeat(600_000), { code: "request.too_large", status: 413 }],
  ])("are checked at the same edge as events, and refused in tRPC's words: %s", async (_, body, wend) => {
    const headers = { ...json, "x-request-id": "req-8" };
    const answer = await send(api, "/trpc/echo", { body, headers });
    expect(answer.status).toBe(wend.status);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.headers.get("x-request-id")).toBe("req-8");
    const told = { ...wend, fix: expect.any(String), requestId: "req-8" };
    expect(answer.body).toMatchObject({
      error: { message: expect.any(String), code: expect.any(Number), data: { httpStatus: wend.status, wend: told } },
    });
  });

  it.each([
    ["whoami?input=%7B", "The JSON in the parameter `input` does not parse. It breaks off"],
    ["whoami?input=userId%3Dada", "The JSON in the parameter `input` does not parse."],
    ["whoami?input=%E0%A4%A", "The JSON in the parameter `input` does not parse."],
    ["whoami,whoami?batch=1&input=%7B", "The JSON in the parameter `input` does not parse."],
  ])("whose input does not parse are told so: %s", async (path, detail) => {
    const { status, body } = await send(api, `/trpc/${path}`, { method: "GET" });
    expect(status).toBe(400);
    expect(body.error.data.wend).toMatchObject({ code: "request.invalid_json", pointer: "" });
    expect(body.error.data.wend.detail).toContain(detail);
  });

  it.each([
    ["one by one", httpLink],
    ["in batches", httpBatchLink],
  ])("through a plain client of tRPC, %s, end in its error with the code of the edge", async (_, link) => {
    const client = createTRPCClient<typeof router>({ links: [link({ url: `${api.url}/trpc` })] });
    const calls = [client.echo.mutate({ a: "\0" } as never), client.echo.mutate({ constructor: 1 } as never)];
    const errors = await Promise.all(calls.map((call) => call.catch((error: unknown) => error)));
    for (const error of errors) {
      expect(error).toBeInstanceOf(TRPCClientError);
      const { code } = (error as { data: { wend: { code: string } } }).data.wend;
      expect(["request.bad_text", "request.forbidden_key"]).toContain(code);
    }
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
