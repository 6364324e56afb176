import type { KeyObject } from "node:crypto";
import { createPublicKey, verify } from "node:crypto";

/** What {@link matchEcdsa} compares. */
export interface EcdsaSigned {
  /** The provider's public key, SPKI in base64 as its console shows it, or both while one replaces the other. */
  readonly publicKeys: readonly (string | undefined)[];
  /** DER in base64, as it came. */
  readonly signature: string;
  /** What is signed, one after the other; the body as its raw bytes. */
  readonly parts: readonly (string | Uint8Array)[];
}

/**
 * Whether a signature is that of ECDSA on P-256 with SHA-256 over the parts, under one of the keys. A key of any other
 * kind, and what is no key at all, matches nothing.
 *
 * @example
 * const genuine = matchEcdsa({ publicKeys: [config.publicKey], signature, parts: [timestamp, request.body] });
 */
export function matchEcdsa({ publicKeys, signature, parts }: EcdsaSigned): boolean {
  const given = Buffer.from(signature, "base64");
  if (given.length === 0 || given.toString("base64") !== signature) return false;
  const signed = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return publicKeys.some((text) => {
    const key = findKey(text);
    return key !== undefined && verify("sha256", signed, key, given);
  });
}

function findKey(text: string | undefined): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(text ?? "", "base64"), format: "der", type: "spki" });
    return key.asymmetricKeyDetails?.namedCurve === "prime256v1" ? key : undefined;
  } catch {
    return undefined;
  }
}
