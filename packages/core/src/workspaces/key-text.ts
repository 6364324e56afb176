import { hash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import type { KeyKind } from "./credential.ts";

// kind _ id _ secret checksum: the id finds the row, the checksum tells a typo or a scanner's find from a real key
// without asking the database. 43 characters of base 62 hold the 256 bits of the secret.
const shape = /^(pub|srv)_([0-9A-Za-z]{16})_[0-9A-Za-z]{43}[0-9A-Za-z]{6}$/;
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export interface NewKey {
  readonly id: string;
  /** Shown once; only its digest is stored. */
  readonly key: string;
}

export function makeKey(kind: KeyKind): NewKey {
  const id = base62(randomBytes(12), 16).slice(-16);
  return { id, key: withChecksum(`${kind}_${id}_${base62(randomBytes(32), 43)}`) };
}

/** The kind and id of a well-formed key; undefined when the shape or the checksum is wrong. */
export function readKey(key: string): { kind: KeyKind; id: string } | undefined {
  const match = shape.exec(key);
  if (match === null || withChecksum(key.slice(0, -6)) !== key) return undefined;
  return { kind: match[1] as KeyKind, id: match[2]! };
}

/** What is stored of a key, over all of it: a key of another kind with the same secret is another key. */
export function digestOf(key: string): Buffer {
  return hash("sha256", key, "buffer");
}

/** The same as text, to look a key up by: made in one go, in a third of the time of a buffer that is then written out. */
export function digestTextOf(key: string): string {
  return hash("sha256", key, "base64");
}

/** Against typing errors, not against forgers: anybody can compute it. */
export const withChecksum = (body: string) => body + base62(crc32(body), 6);

function base62(source: Uint8Array | number, length: number): string {
  let rest = typeof source === "number" ? BigInt(source) : BigInt(`0x${Buffer.from(source).toString("hex")}`);
  let text = "";
  for (let i = 0; i < length; i++) {
    text = alphabet[Number(rest % 62n)]! + text;
    rest /= 62n;
  }
  return text;
}
