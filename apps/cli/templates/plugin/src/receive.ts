import type { Received, WebhookRequest } from "@wend/plugin";
import { parseWebhookJson, verifyStandardWebhook } from "@wend/plugin";
import { z } from "zod";

const report = z.object({
  id: z.string().min(1).max(200),
  reference: z.string().min(1).max(200),
  status: z.enum(["delivered", "failed"]),
  at: z.iso.datetime(),
});

interface Secrets {
  readonly webhookSecret?: string | undefined;
  readonly previousWebhookSecret?: string | undefined;
}

/** Reads what the provider reports. Two secrets are taken while one replaces the other. */
export function receive({ webhookSecret, previousWebhookSecret }: Secrets) {
  return async (request: WebhookRequest): Promise<Received<"delivered" | "failed">> => {
    const proof = verifyStandardWebhook(request, [webhookSecret, previousWebhookSecret]);
    const { id, reference, status, at } = parseWebhookJson(request.body, report);
    return { proof, receipts: [{ kind: status, about: { idempotencyKey: reference }, id, at: Date.parse(at) }] };
  };
}
