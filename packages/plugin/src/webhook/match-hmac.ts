import { createHmac, timingSafeEqual } from "node:crypto";

/** What {@link matchHmac} compares. */
export interface HmacSigned {
  readonly algorithm: "sha1" | "sha256";
  /** The secret, or both while one replaces the other. An absent or empty one matches nothing. */
  readonly secrets: readonly (string | Uint8Array | undefined)[];
  readonly encoding: "hex" | "base64";
  /** As it came, without the provider's prefix (`v0=`, `sha256=`). */
  readonly signature: string;
  /** What is signed, one after the other; the body as its raw bytes. */
  readonly parts: readonly (string | Uint8Array)[];
}

/**
 * Whether a signature is the HMAC of the parts under one of the secrets, in constant time.
 *
 * @example
 * const parts = [`v0:${timestamp}:`, request.body];
 * const genuine = matchHmac({ algorithm: "sha256", secrets, encoding: "hex", signature, parts });
 */
export function matchHmac({ algorithm, secrets, encoding, signature, parts }: HmacSigned): boolean {
  const given = Buffer.from(signature);
  let matches = false;
  for (const secret of secrets) {
    if (secret === undefined || secret.length === 0) continue;
    const hmac = createHmac(algorithm, secret);
    for (const part of parts) hmac.update(part);
    // Compared as text: of all texts that decode to the same bytes the provider sends one.
    const expected = Buffer.from(hmac.digest(encoding));
    // Both secrets are always tried: the time taken does not tell which one is in use.
    matches = (given.length === expected.length && timingSafeEqual(given, expected)) || matches;
  }
  return matches;
}
