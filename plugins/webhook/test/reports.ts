import { createHmac, randomBytes } from "node:crypto";
import type { WebhookTests } from "@wend/plugin/testing";

const keyOf = (secret: string) => Buffer.from(secret.slice("whsec_".length), "base64");

/** What a receiver reports later, signed as its own library would. The id is the event's, so each has its own. */
export const reports: WebhookTests = {
  makeSecret: () => `whsec_${randomBytes(24).toString("base64")}`,
  config: (secret, previous) => ({
    url: "https://x.test",
    receiptSecret: previous === undefined ? secret : `${secret} ${previous}`,
  }),
  sign: (body, { secret, at }) => {
    const id = `msg-${/"key":"([^"]+)"/.exec(body)?.[1] ?? "none"}`.replace(/[^ -~]/g, "?");
    const timestamp = String(at / 1_000);
    const seal = createHmac("sha256", keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest("base64");
    return {
      headers: { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${seal}` },
      body,
    };
  },
  signature: { header: "webhook-signature" },
  samples: [
    {
      name: "a delivery",
      body: ({ number, at }) =>
        JSON.stringify({ type: "delivered", timestamp: new Date(at).toISOString(), data: { key: `run-1:${number}` } }),
      says: ({ number, at }) => ({
        receipts: [{ kind: "delivered", about: { idempotencyKey: `run-1:${number}` }, id: `msg-run-1:${number}`, at }],
      }),
    },
  ],
};
