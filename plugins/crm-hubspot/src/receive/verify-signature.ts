import type { WebhookProof, WebhookRequest } from "@wend/plugin";
import { matchHmac, parseWebhookHeader, parseWebhookTime, refuseWebhook, webhookNonce } from "@wend/plugin";
import { decodeUri } from "./decode-uri.ts";

/**
 * HubSpot's signature, version 3: HMAC-SHA256 over method, URI, body and time. Versions 1 and 2, which come along in
 * `x-hubspot-signature`, sign no time and are not looked at.
 */
export function verifySignature(
  { method, url, headers, body }: WebhookRequest,
  secrets: readonly (string | undefined)[],
): WebhookProof {
  const timestamp = parseWebhookHeader(headers, "x-hubspot-request-timestamp");
  const signedAt = parseWebhookTime(timestamp, "milliseconds");
  const signature = parseWebhookHeader(headers, "x-hubspot-signature-v3");
  const parts = [method + decodeUri(url), body, timestamp];
  const genuine = matchHmac({ algorithm: "sha256", secrets, encoding: "base64", signature, parts });
  if (!genuine) refuseWebhook("The signature does not match.");
  return { by: "signature", signedAt, nonce: webhookNonce(parts) };
}
