import { createHash } from "node:crypto";

/**
 * The `nonce` of a webhook, made of what its signature covers. Made of the signature itself, it would not hold: the
 * same request can be sent again under a signature that is written in another way, or with one of several left out.
 *
 * @example
 * return { proof: { by: "signature", signedAt, nonce: webhookNonce([timestamp, request.body]) } };
 */
export function webhookNonce(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("base64url");
}
