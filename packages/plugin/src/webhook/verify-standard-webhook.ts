import type { WebhookProof, WebhookRequest } from "../contract/incoming.ts";
import { matchHmac } from "./match-hmac.ts";
import { parseWebhookHeader } from "./parse-webhook-header.ts";
import { parseWebhookTime } from "./parse-webhook-time.ts";
import { refuseWebhook } from "./refuse-webhook.ts";
import { webhookNonce } from "./webhook-nonce.ts";

const PREFIX = "whsec_";
/** More signatures than any sender makes; each costs a comparison. */
const MOST_SIGNATURES = 10;

/**
 * Verifies a webhook by Standard Webhooks, version 1: one of its `v1,` signatures is the HMAC-SHA256 of
 * `id.timestamp.body` under one of the secrets (`whsec_…`, or its base64 alone). Refuses everything else.
 *
 * @example
 * const proof = verifyStandardWebhook(request, [config.webhookSecret, config.previousWebhookSecret]);
 */
export function verifyStandardWebhook(
  { headers, body }: Pick<WebhookRequest, "headers" | "body">,
  secrets: readonly (string | undefined)[],
): WebhookProof {
  const id = parseWebhookHeader(headers, "webhook-id");
  const timestamp = parseWebhookHeader(headers, "webhook-timestamp");
  const signedAt = parseWebhookTime(timestamp, "seconds");
  const signatures = parseWebhookHeader(headers, "webhook-signature").split(" ").slice(0, MOST_SIGNATURES);
  const keys = secrets.map(findKey);
  const parts = [`${id}.${timestamp}.`, body];
  const genuine = signatures
    .filter((text) => text.startsWith("v1,"))
    .map((text) => text.slice("v1,".length))
    .some((signature) => matchHmac({ algorithm: "sha256", secrets: keys, encoding: "base64", signature, parts }));
  if (!genuine) refuseWebhook("No signature matches.");
  return { by: "signature", signedAt, nonce: webhookNonce(parts) };
}

function findKey(secret: string | undefined): Uint8Array | undefined {
  const encoded = secret?.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
  return encoded !== undefined && /^[A-Za-z0-9+/]+={0,2}$/.test(encoded) ? Buffer.from(encoded, "base64") : undefined;
}
