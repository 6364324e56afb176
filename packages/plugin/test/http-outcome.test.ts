import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { findHttpError, toFetchError, WendError } from "@wend/plugin";
import { expect, test } from "vitest";

const now = Date.UTC(2026, 0, 2);
const answer = (status: number, headers = {}) => ({ status, headers: new Headers(headers) });

test.each([200, 202, 204, 299])("%d is no error", (status) => {
  expect(findHttpError(answer(status), now)).toBeUndefined();
});

test.each([
  [302, "provider.rejected"],
  [400, "provider.rejected"],
  [401, "provider.unauthorized"],
  [403, "provider.unauthorized"],
  [408, "provider.unavailable"],
  [425, "provider.unavailable"],
  [429, "provider.rate_limited"],
  [500, "provider.unknown_outcome"],
  [502, "provider.unknown_outcome"],
  [503, "provider.unavailable"],
  [504, "provider.unknown_outcome"],
  [599, "provider.unknown_outcome"],
  [0, "provider.rejected"],
])("%d is %s", (status, code) => {
  expect(findHttpError(answer(status), now)).toMatchObject({ code });
});

test("Retry-After is passed on where a later try may succeed", () => {
  expect(findHttpError(answer(503, { "retry-after": "3" }), now)?.retryAfterMs).toBe(3_000);
  expect(findHttpError(answer(503), now)?.retryAfterMs).toBeUndefined();
  expect(findHttpError(answer(404, { "retry-after": "3" }), now)?.retryAfterMs).toBeUndefined();
});

async function fetchFrom(onConnection: (socket: Socket) => void, init: RequestInit = {}): Promise<WendError> {
  const server = createServer((socket) => void onConnection(socket.on("error", () => undefined)));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const failed = fetch(url, { method: "POST", body: "x", ...init }).then(String, toFetchError);
  const error = await failed;
  server.close();
  if (!(error instanceof WendError)) throw new Error(`answered: ${error}`);
  return error;
}

test("a connection lost after the request was read is ambiguous", async () => {
  const error = await fetchFrom((socket) => socket.once("data", () => socket.destroy()));
  expect(error).toMatchObject({ code: "provider.unknown_outcome", retry: "ambiguous" });
});

test("an abort while the provider works is ambiguous", async () => {
  const controller = new AbortController();
  const init = { signal: controller.signal };
  const error = await fetchFrom((socket) => socket.once("data", () => controller.abort()), init);
  expect(error).toMatchObject({ code: "provider.unknown_outcome" });
});

test("a refused connection and an unknown host cannot have received anything", async () => {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  for (const url of [`http://127.0.0.1:${port}`, "http://does-not-exist.invalid"]) {
    const error = await fetch(url).then(String, toFetchError);
    expect(error).toMatchObject({ code: "provider.unavailable", retry: "backoff" });
  }
});

test("an error that has a code keeps it", () => {
  const blocked = new WendError("connection.blocked_address");
  expect(toFetchError(blocked)).toBe(blocked);
});
