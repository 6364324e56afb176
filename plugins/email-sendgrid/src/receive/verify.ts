import type { WebhookProof, WebhookRequest } from "@wend/plugin";
import { matchEcdsa, parseWebhookHeader, parseWebhookTime, refuseWebhook, webhookNonce } from "@wend/plugin";
import type { Config } from "../config.ts";

/**
 * The proof of an event webhook: ECDSA over the time and the bytes of the body, under the key that SendGrid shows or the
 * one before. Refuses everything else.
 */
export function verify({ publicKey, previousPublicKey }: Config, { headers, body }: WebhookRequest): WebhookProof {
  const signature = parseWebhookHeader(headers, "x-twilio-email-event-webhook-signature");
  const timestamp = parseWebhookHeader(headers, "x-twilio-email-event-webhook-timestamp");
  const signedAt = parseWebhookTime(timestamp, "seconds");
  const parts = [timestamp, body];
  const genuine = matchEcdsa({ publicKeys: [publicKey, previousPublicKey], signature, parts });
  if (!genuine) refuseWebhook("The signature does not match.");
  return { by: "signature", signedAt, nonce: webhookNonce(parts) };
}
