import { createHmac, randomBytes } from "node:crypto";
import type { WebhookTests } from "@wend/plugin/testing";

/** What the provider reports, signed as it signs: never by the plugin's own code. */
export const reports: WebhookTests = {
  makeSecret: () => `whsec_${randomBytes(24).toString("base64")}`,
  config: (secret, previous) => ({
    url: "https://provider.example",
    token: "token-5f1c",
    webhookSecret: secret,
    ...(previous !== undefined && { previousWebhookSecret: previous }),
  }),
  sign: (body, { secret, at }) => {
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    const [id, timestamp] = ["message-1", String(at / 1_000)];
    const seal = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
    return { headers: { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${seal}` }, body };
  },
  signature: { header: "webhook-signature" },
  samples: (["delivered", "failed"] as const).map((status) => ({
    name: status,
    body: ({ number, at }) =>
      JSON.stringify({ id: `report-${number}`, reference: `run-1:${number}`, status, at: new Date(at).toISOString() }),
    says: ({ number, at }) => ({
      receipts: [{ kind: status, about: { idempotencyKey: `run-1:${number}` }, id: `report-${number}`, at }],
    }),
  })),
};
