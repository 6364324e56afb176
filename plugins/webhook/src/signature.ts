import type { KeyObject } from "node:crypto";
import { createHmac, createSecretKey } from "node:crypto";

const PREFIX = "whsec_";

/** What is signed: Standard Webhooks, version 1. */
export interface SignedParts {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly body: string;
}

/** The keys in a secret of the form `whsec_…`, or two of them with a space between; undefined when malformed. */
export function signingKeys(secret: string): readonly KeyObject[] | undefined {
  const keys = secret.split(" ").map(parseKey);
  return keys.length <= 2 && keys.every((key) => key !== undefined) ? keys : undefined;
}

/** The value of the `webhook-signature` header: one signature per key, so that a secret can be rotated. */
export function sign(keys: readonly KeyObject[], { id, timestamp, body }: SignedParts): string {
  const content = `${id}.${timestamp}.${body}`;
  return keys.map((key) => `v1,${createHmac("sha256", key).update(content).digest("base64")}`).join(" ");
}

function parseKey(text: string): KeyObject | undefined {
  const encoded = text.slice(PREFIX.length);
  if (!text.startsWith(PREFIX) || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return undefined;
  const bytes = Buffer.from(encoded, "base64");
  return bytes.length >= 24 && bytes.length <= 64 ? createSecretKey(bytes) : undefined;
}
