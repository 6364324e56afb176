import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { open } from "./open.ts";
import { startReceiver } from "./receiver.ts";

const key = Buffer.alloc(32, 7);
const secret = `whsec_${key.toString("base64")}`;
const now = () => Date.UTC(2026, 0, 2, 3, 4, 5, 678);

test("a call is one POST with the body as JSON and the key in both headers", async () => {
  await using receiver = await startReceiver();
  receiver.answer((response) => response.writeHead(202).end("taken"));
  const { post } = await open({ url: `${receiver.url}/hook` }, { now });
  await expect(post({ body: { name: "Ada", list: [1, null, "ü"] } })).resolves.toEqual({ output: { status: 202 } });
  expect(receiver.received).toHaveLength(1);
  expect(receiver.received[0]).toMatchObject({
    method: "POST",
    url: "/hook",
    body: '{"name":"Ada","list":[1,null,"ü"]}',
    headers: {
      "content-type": "application/json",
      "idempotency-key": "run-1:1",
      "webhook-id": "run-1:1",
      "webhook-timestamp": "1767323045",
    },
  });
  expect(receiver.received[0]?.headers).not.toHaveProperty("webhook-signature");
});

test("the signature is that of Standard Webhooks, over id, timestamp and the body as sent", async () => {
  await using receiver = await startReceiver();
  const { post } = await open({ url: receiver.url, secret }, { now });
  await post({ body: { total: 12.3 } });
  const { headers, body } = receiver.received[0]!;
  const signed = createHmac("sha256", key).update(`run-1:1.1767323045.${body}`).digest("base64");
  expect(headers["webhook-signature"]).toBe(`v1,${signed}`);
});

test("while a secret is rotated both sign", async () => {
  await using receiver = await startReceiver();
  const { post } = await open({
    url: receiver.url,
    secret: `${secret} whsec_${Buffer.alloc(24, 1).toString("base64")}`,
  });
  await post({ body: 1 });
  expect(receiver.received[0]?.headers["webhook-signature"]).toMatch(/^v1,\S{44} v1,\S{44}$/);
});

test("every attempt carries the same key, and its own timestamp", async () => {
  await using receiver = await startReceiver();
  let at = now();
  const { post } = await open({ url: receiver.url, secret }, { now: () => at });
  await post({ body: {} }, { attempt: 1 });
  at += 60_000;
  await post({ body: {} }, { attempt: 2 });
  const [first, second] = receiver.received.map(({ headers }) => headers);
  expect(second?.["idempotency-key"]).toBe(first?.["idempotency-key"]);
  expect(second?.["webhook-id"]).toBe(first?.["webhook-id"]);
  expect(second?.["webhook-timestamp"]).not.toBe(first?.["webhook-timestamp"]);
});

test("headers of the connection and of the call are sent, those of the call win whatever their case", async () => {
  await using receiver = await startReceiver();
  const config = { url: receiver.url, authorization: "Bearer t", headers: { "X-Tenant": "a", "X-Source": "wend" } };
  const { post } = await open(config);
  await post({ body: {}, headers: { "x-tenant": "b" } });
  expect(receiver.received[0]?.headers).toMatchObject({
    "x-tenant": "b",
    "x-source": "wend",
    authorization: "Bearer t",
  });
});

test.each([
  ["", "/orders", "/orders"],
  ["/", "/orders", "/orders"],
  ["/v1/", "/orders?x=1", "/v1/orders?x=1"],
  ["/v1", undefined, "/v1"],
  ["/v1?k=1", "/orders", "/v1/orders?k=1"],
  ["/v1?k=1", "/orders?x=1", "/v1/orders?x=1&k=1"],
  ["/v1", "//evil.test/x", "/v1//evil.test/x"],
  ["", "//evil.test/x", "//evil.test/x"],
])("url %j and path %j go to %j", async (base, path, target) => {
  await using receiver = await startReceiver();
  const { post } = await open({ url: receiver.url + base });
  await post({ body: {}, ...(path === undefined ? undefined : { path }) });
  expect(receiver.received[0]?.url).toBe(target);
});

test("calls one after another share connections, whatever the receiver answers", async () => {
  await using receiver = await startReceiver();
  receiver.answer((response) =>
    response.writeHead(receiver.received.length % 2 === 0 ? 500 : 200).end("x".repeat(300_000)),
  );
  const { post } = await open({ url: receiver.url });
  for (let index = 0; index < 10; index++) await post({ body: { index } }).catch(() => undefined);
  expect(receiver.received).toHaveLength(10);
  expect(receiver.connections()).toBeLessThan(4);
});
