import type { WebhookProof, WebhookRequest } from "@wend/plugin";
import { matchHmac, parseWebhookHeader, refuseWebhook, webhookNonce } from "@wend/plugin";
import type { Config } from "./config.ts";

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;

/** Verifies a webhook of Zendesk's: its signature covers the time header and the body. */
export function verifyWebhook(
  { headers, body }: Pick<WebhookRequest, "headers" | "body">,
  config: Config,
): WebhookProof & { readonly by: "signature"; readonly signedAt: number } {
  const signature = parseWebhookHeader(headers, "x-zendesk-webhook-signature");
  const timestamp = parseWebhookHeader(headers, "x-zendesk-webhook-signature-timestamp");
  const parts = [timestamp, body];
  const { webhookSecret, previousWebhookSecret, triggerSecret, previousTriggerSecret } = config;
  const secrets = [webhookSecret, previousWebhookSecret, triggerSecret, previousTriggerSecret];
  const genuine = matchHmac({ algorithm: "sha256", secrets, encoding: "base64", signature, parts });
  if (!genuine) refuseWebhook("The signature does not match.");
  return { by: "signature", signedAt: parseTime(timestamp), nonce: webhookNonce(parts) };
}

function parseTime(text: string): number {
  const at = isoTime.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) refuseWebhook("The time is not one in ISO 8601.");
  return at;
}
