import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { sendErrors } from "../src/send-errors.ts";
import { startFakeTwilio } from "./fake-twilio.ts";
import { accountSid, ada, configOf, open, refusal, shop } from "./open.ts";

test.each(Object.entries(sendErrors).map(([code, { code: ours, means }]) => [Number(code), ours, means] as const))(
  "Twilio's %i is %s, and the number it names in its words is not passed on",
  async (code, ours, means) => {
    await using twilio = await startFakeTwilio();
    twilio.behave({ status: 400, code });
    const { send } = await open(configOf(twilio));
    const error = (await refusal(send({ text: "Hello" }))) as Error & { detail: string };
    expect(error).toMatchObject({ code: ours, detail: `Twilio error ${code}: ${means}` });
    expect(error.message).not.toContain(ada);
    expect(twilio.posts).toHaveLength(1);
  },
);

test.each([
  [400, 29999, "provider.rejected"],
  [401, 29999, "provider.unauthorized"],
  [403, 29999, "provider.unauthorized"],
  [404, 29999, "provider.rejected"],
  [429, 29999, "provider.rate_limited"],
  [500, 29999, "provider.unknown_outcome"],
  [502, 29999, "provider.unknown_outcome"],
  [503, 29999, "provider.unavailable"],
  [504, 29999, "provider.unknown_outcome"],
])("HTTP %i with a code that nobody knows (%i) is %s", async (status, code, ours) => {
  await using twilio = await startFakeTwilio();
  twilio.behave({ status, code });
  const { send } = await open(configOf(twilio));
  expect(await refusal(send({ text: "Hello" }))).toMatchObject({ code: ours });
});

test.each([
  [429, "<html>slow down</html>", "provider.rate_limited"],
  [500, "", "provider.unknown_outcome"],
  [302, "", "provider.rejected"],
  [400, "[]", "provider.rejected"],
  [200, "<html>welcome to the hotel's network</html>", "provider.unknown_outcome"],
  [201, "", "provider.unknown_outcome"],
  [201, "{}", "provider.unknown_outcome"],
  [201, '{"sid":"x","status":"queued"}', "provider.unknown_outcome"],
])("HTTP %i with the body %j is %s", async (status, body, ours) => {
  await using twilio = await startFakeTwilio();
  twilio.behave({ status, body });
  const { send } = await open(configOf(twilio));
  expect(await refusal(send({ text: "Hello" }))).toMatchObject({ code: ours });
});

test("a limit is waited for as long as Twilio says, in either form", async () => {
  await using twilio = await startFakeTwilio();
  const { send } = await open(configOf(twilio), { now: () => Date.UTC(2026, 0, 2, 3, 4, 5) });
  twilio.behave({ status: 429, code: 20429, headers: { "retry-after": "7" } });
  expect(await refusal(send({ text: "Hello" }))).toMatchObject({ retryAfterMs: 7_000 });
  twilio.behave({ status: 503, code: 20503, headers: { "retry-after": "Fri, 02 Jan 2026 03:05:05 GMT" } });
  expect(await refusal(send({ text: "Hello" }))).toMatchObject({ retryAfterMs: 60_000 });
});

test("who has told Twilio STOP is not written to, and the reason says so", async () => {
  await using twilio = await startFakeTwilio();
  twilio.optOut(ada);
  const { send } = await open(configOf(twilio));
  expect(await refusal(send({ text: "Hello" }))).toMatchObject({
    code: "address.unsubscribed",
    retry: "never",
    detail: "Twilio error 21610: The customer has opted out of this sender.",
  });
});

test("wrong credentials are told as such", async () => {
  await using twilio = await startFakeTwilio();
  const { send } = await open({ ...configOf(twilio), authToken: "wrong" });
  expect(await refusal(send({ text: "Hello" }))).toMatchObject({ code: "provider.unauthorized", retry: "backoff" });
});

/** A TCP server that does as told with the request it has read. */
async function startRaw(onRequest: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
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
  ["answers what is no HTTP", (socket: Socket) => void socket.end("hello?\r\n\r\n")],
  [
    "breaks off within its 201",
    (socket: Socket) => void socket.end('HTTP/1.1 201 Created\r\ncontent-length: 99\r\n\r\n{"sid"'),
  ],
])("a provider that has read the message and %s leaves the outcome unknown", async (_, onRequest) => {
  await using raw = await startRaw(onRequest);
  const { send } = await open({ url: raw.url, accountSid, authToken: "token-1", senders: [shop] });
  expect(await refusal(send({ text: "Hello" }))).toMatchObject({
    code: "provider.unknown_outcome",
    retry: "ambiguous",
  });
});
