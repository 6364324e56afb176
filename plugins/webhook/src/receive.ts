import type { Receipt, Received, WebhookRequest } from "@wend/plugin";
import { parseWebhookJson, receiptKinds, refuseWebhook, verifyStandardWebhook } from "@wend/plugin";
import { z } from "zod";

const payload = z.object({
  type: z.enum(receiptKinds),
  timestamp: z.iso.datetime({ offset: true }),
  data: z.object({
    key: z.string().min(1).max(500),
    reason: z.string().max(500).optional(),
    bounce: z.enum(["hard", "soft"]).optional(),
    url: z.string().max(2_000).optional(),
    text: z.string().max(10_000).optional(),
  }),
});

/** Reads what a receiver reports of an earlier call: Standard Webhooks, the other way round. */
export async function receive(secret: string | undefined, request: WebhookRequest): Promise<Received> {
  if (secret === undefined) return refuseWebhook("The connection has no receiptSecret.");
  const proof = verifyStandardWebhook(request, secret.split(" "));
  const id = request.headers.get("webhook-id")!;
  return { proof, receipts: [toReceipt(id, parseWebhookJson(request.body, payload))] };
}

function toReceipt(id: string, { type: kind, timestamp, data }: z.infer<typeof payload>): Receipt {
  const { key, reason, bounce = "soft", url, text } = data;
  const said = {
    about: { idempotencyKey: key },
    id,
    at: Date.parse(timestamp),
    ...(reason !== undefined && { reason }),
  };
  switch (kind) {
    case "bounced":
      return { kind, bounce, ...said };
    case "clicked":
      return { kind, ...said, ...(url !== undefined && { url }) };
    case "replied":
      return { kind, ...said, ...(text !== undefined && { text }) };
    default:
      return { kind, ...said };
  }
}
