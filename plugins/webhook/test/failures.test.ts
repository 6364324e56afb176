import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { open, refusal } from "./open.ts";
import { startReceiver } from "./receiver.ts";

const now = () => Date.UTC(2026, 0, 2, 3, 4, 5);

describe("a status decides what happens next", () => {
  test.each([
    [200, undefined],
    [201, undefined],
    [204, undefined],
    [301, "provider.rejected"],
    [302, "provider.rejected"],
    [307, "provider.rejected"],
    [400, "provider.rejected"],
    [401, "provider.unauthorized"],
    [403, "provider.unauthorized"],
    [404, "provider.rejected"],
    [408, "provider.unavailable"],
    [409, "provider.rejected"],
    [410, "provider.rejected"],
    [422, "provider.rejected"],
    [425, "provider.unavailable"],
    [429, "provider.rate_limited"],
    [500, "provider.unknown_outcome"],
    [503, "provider.unavailable"],
    [504, "provider.unknown_outcome"],
  ])("%d", async (status, code) => {
    await using receiver = await startReceiver();
    await using elsewhere = await startReceiver();
    receiver.answer((response) => response.writeHead(status, { location: elsewhere.url }).end());
    const { post } = await open({ url: receiver.url });
    const outcome = await post({ body: {} }).catch((error: { code: string }) => error.code);
    expect(outcome).toEqual(code ?? { output: { status } });
    expect(elsewhere.received).toEqual([]);
  });
});

test.each([
  [429, "7", 7_000],
  [503, "Fri, 02 Jan 2026 03:04:35 GMT", 30_000],
  [408, "0", 0],
  [429, "later", undefined],
  [422, "7", undefined],
])("status %d with Retry-After %j is tried again after %s ms", async (status, header, retryAfterMs) => {
  await using receiver = await startReceiver();
  receiver.answer((response) => response.writeHead(status, { "retry-after": header }).end());
  const { post } = await open({ url: receiver.url }, { now });
  expect(await refusal(post({ body: {} }))).toMatchObject({ retryAfterMs });
});

test("409 on a later attempt means that an earlier one is still under way", async () => {
  await using receiver = await startReceiver();
  receiver.answer((response) => response.writeHead(409).end());
  const { post } = await open({ url: receiver.url });
  expect(await refusal(post({ body: {} }, { attempt: 2 }))).toMatchObject({ code: "provider.unavailable" });
});

test("a refused connection and an unknown host are a backoff: nothing can have been received", async () => {
  const gone = await startReceiver();
  await gone.stop();
  const refused = await open({ url: gone.url });
  expect(await refusal(refused.post({ body: {} }))).toMatchObject({ code: "provider.unavailable" });
  const unknown = await open({ url: "http://does-not-exist.invalid" });
  expect(await refusal(unknown.post({ body: {} }))).toMatchObject({ code: "provider.unavailable" });
});

test("a receiver that does not speak TLS is a backoff", async () => {
  await using receiver = await startReceiver();
  const { post } = await open({ url: receiver.url.replace("http:", "https:") });
  expect(await refusal(post({ body: {} }))).toMatchObject({ code: "provider.unavailable" });
});

test("an address the host blocks stays what the host says", async () => {
  const { WendError } = await import("@wend/plugin");
  const blocked = new WendError("connection.blocked_address");
  const { post } = await open({ url: "http://10.0.0.1" }, { fetch: () => Promise.reject(blocked) });
  expect(await refusal(post({ body: {} }))).toBe(blocked);
});

/** A TCP server that does as told with the request it has read. */
async function startRaw(onRequest: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("data", () => onRequest(socket));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test.each([
  ["closes without an answer", (socket: Socket) => void socket.end()],
  ["resets the connection", (socket: Socket) => void socket.resetAndDestroy()],
  ["answers something that is not HTTP", (socket: Socket) => void socket.end("hello?\r\n\r\n")],
  ["breaks off within the headers", (socket: Socket) => void socket.end("HTTP/1.1 200 OK\r\ncontent-le")],
])("a receiver that has read the request and %s leaves the outcome unknown", async (_, onRequest) => {
  await using raw = await startRaw(onRequest);
  const { post } = await open({ url: raw.url });
  expect(await refusal(post({ body: {} }))).toMatchObject({ code: "provider.unknown_outcome", retry: "ambiguous" });
});

test("a body that breaks off after 2xx changes nothing: the receiver has accepted", async () => {
  await using raw = await startRaw((socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhalf"));
  const { post } = await open({ url: raw.url });
  await expect(post({ body: {} })).resolves.toEqual({ output: { status: 200 } });
});

test("a receiver that hangs leaves the outcome unknown at the connection's own timeout", async () => {
  await using raw = await startRaw(() => undefined);
  const { post } = await open({ url: raw.url, timeoutMs: 100 });
  expect(await refusal(post({ body: {} }))).toMatchObject({ code: "provider.unknown_outcome" });
});

test("an abort before the request is a backoff, and nothing is sent", async () => {
  await using receiver = await startReceiver();
  const { post } = await open({ url: receiver.url });
  expect(await refusal(post({ body: {} }, { signal: AbortSignal.abort() }))).toMatchObject({
    code: "provider.unavailable",
  });
  expect(receiver.received).toEqual([]);
});
