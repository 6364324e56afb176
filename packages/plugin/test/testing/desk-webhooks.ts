import { createHmac, randomBytes } from "node:crypto";
import type { WebhookEvent, WebhookTests } from "@wend/plugin/testing";

const bodyOf = (type: string, { number, at }: WebhookEvent) =>
  JSON.stringify({ type, id: `evt_${number}`, at, reference: "run-1:1", number: 7, text: "Grüße, it works." });
const said = ({ number, at }: WebhookEvent) => ({ id: `evt_${number}`, at, about: { idempotencyKey: "run-1:1" } });

/** The ticket system tells by Standard Webhooks what became of its tickets. */
export const deskWebhooks: WebhookTests = {
  makeSecret: () => `whsec_${randomBytes(24).toString("base64")}`,
  config: (webhookSecret, previousWebhookSecret) => ({ webhookSecret, previousWebhookSecret }),
  sign: (body, { secret, at }) => {
    const id = `msg_${createHmac("sha256", "msg").update(body).digest("hex")}`;
    const key = Buffer.from(secret.replace("whsec_", ""), "base64");
    const mac = createHmac("sha256", key)
      .update(`${id}.${at / 1_000}.${body}`)
      .digest("base64");
    const headers = { "webhook-id": id, "webhook-timestamp": String(at / 1_000), "webhook-signature": `v1,${mac}` };
    return { headers: { ...headers, "content-type": "application/json" }, body };
  },
  signature: { header: "webhook-signature" },
  samples: [
    {
      name: "a reply",
      body: (event) => bodyOf("reply", event),
      says: (event) => ({ receipts: [{ kind: "replied", ...said(event), text: "Grüße, it works." }] }),
    },
    {
      name: "a solved ticket",
      body: (event) => bodyOf("solved", event),
      says: (event) => ({ signals: [{ name: "Ticket Solved", ...said(event), data: { number: 7 } }] }),
    },
    { name: "what the plugin does not know", body: (event) => bodyOf("merged", event), says: () => ({}) },
  ],
};
