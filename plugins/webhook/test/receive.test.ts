import { createHmac } from "node:crypto";
import type { WebhookRequest } from "@wend/plugin";
import { receiptSchema } from "@wend/plugin";
import { describe, expect, test } from "vitest";
import { open, refusal } from "./open.ts";

const keys = [Buffer.alloc(24, 1), Buffer.alloc(24, 2)] as const;
const secretOf = (key: Buffer) => `whsec_${key.toString("base64")}`;
const delivered = { type: "delivered", timestamp: "2026-03-01T12:00:00Z", data: { key: "run-1:2" } };

function request(body: object | string, key: Buffer = keys[0]): WebhookRequest {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const seal = createHmac("sha256", key).update(`msg-1.1772366400.${text}`).digest("base64");
  const headers = { "webhook-id": "msg-1", "webhook-timestamp": "1772366400", "webhook-signature": `v1,${seal}` };
  return {
    method: "POST",
    url: "https://wend.test/hooks/webhook/1",
    headers: new Headers(headers),
    body: Buffer.from(text),
    signal: new AbortController().signal,
  };
}

async function connection(config: object = { receiptSecret: secretOf(keys[0]) }) {
  const { connection } = await open({ url: "https://x.test", ...config });
  return (webhook: WebhookRequest) => connection.receive!(webhook);
}

test.each([
  [delivered, { kind: "delivered" }],
  [
    { ...delivered, type: "bounced", data: { key: "run-1:2", bounce: "hard" } },
    { kind: "bounced", bounce: "hard" },
  ],
  [
    { ...delivered, type: "bounced" },
    { kind: "bounced", bounce: "soft" },
  ],
  [
    { ...delivered, type: "replied", data: { key: "run-1:2", text: "ok" } },
    { kind: "replied", text: "ok" },
  ],
  [
    { ...delivered, type: "clicked", data: { key: "run-1:2", url: "/a" } },
    { kind: "clicked", url: "/a" },
  ],
  [
    { ...delivered, type: "failed", data: { key: "run-1:2", reason: "no" } },
    { kind: "failed", reason: "no" },
  ],
])("%j is a receipt", async (body, said) => {
  const { receipts, proof } = await (await connection())(request(body));
  const about = { idempotencyKey: "run-1:2" };
  expect(receipts).toEqual([{ ...said, about, id: "msg-1", at: Date.UTC(2026, 2, 1, 12) }]);
  expect(receiptSchema.safeParse(receipts![0]).success).toBe(true);
  expect(proof).toMatchObject({ by: "signature", signedAt: 1772366400000 });
});

describe("a report is refused", () => {
  test("with another secret, and taken with either of two", async () => {
    const both = await connection({ receiptSecret: keys.map(secretOf).join(" ") });
    for (const key of keys) expect((await both(request(delivered, key))).receipts).toHaveLength(1);
    const one = await connection();
    expect(await refusal(one(request(delivered, keys[1])))).toMatchObject({ code: "webhook.refused" });
  });

  test("when the connection has no secret for it, also when it has one for its own calls", async () => {
    const none = await connection({ secret: secretOf(keys[0]) });
    expect(await refusal(none(request(delivered)))).toMatchObject({ code: "webhook.refused" });
  });
});

test.each([
  "",
  "{",
  "[]",
  { ...delivered, type: "arrived" },
  { ...delivered, data: {} },
  { ...delivered, timestamp: 1 },
])("a genuine report with the body %j cannot be read", async (body) => {
  expect(await refusal((await connection())(request(body)))).toMatchObject({ code: "webhook.unreadable" });
});
