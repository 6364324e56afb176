import { createCipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";
import type { Subscription } from "./subscription.ts";

/** What is made anew for every message; given only where a published example is to be met. */
export interface Ephemeral {
  readonly salt: Buffer;
  readonly privateKey: Buffer;
}

const recordSize = 4_096;
const overhead = 16 + 1;
const headerBytes = 16 + 4 + 1 + 65;

/** What push services must take is 4,096 bytes, header included. */
export const mostPlainBytes = recordSize - headerBytes - overhead;

/** Encrypts for one browser, by RFC 8291 with the one record of RFC 8188's aes128gcm. */
export function encryptPush(plain: Uint8Array, keys: Subscription["keys"], ephemeral?: Ephemeral): Buffer {
  const salt = ephemeral?.salt ?? randomBytes(16);
  const own = createECDH("prime256v1");
  if (ephemeral) own.setPrivateKey(ephemeral.privateKey);
  else own.generateKeys();
  const publicKey = own.getPublicKey();
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), keys.p256dh, publicKey]);
  const secret = hkdf(own.computeSecret(keys.p256dh), { salt: keys.auth, info, length: 32 });
  const key = hkdf(secret, { salt, info: "Content-Encoding: aes128gcm\0", length: 16 });
  const nonce = hkdf(secret, { salt, info: "Content-Encoding: nonce\0", length: 12 });
  const cipher = createCipheriv("aes-128-gcm", key, nonce);
  // 2 ends the last record.
  const sealed = [cipher.update(plain), cipher.update(Buffer.of(2)), cipher.final(), cipher.getAuthTag()];
  const size = Buffer.alloc(4);
  size.writeUInt32BE(recordSize);
  return Buffer.concat([salt, size, Buffer.of(publicKey.length), publicKey, ...sealed]);
}

interface Derived {
  readonly salt: Uint8Array;
  readonly info: Uint8Array | string;
  readonly length: number;
}

const hkdf = (key: Uint8Array, { salt, info, length }: Derived): Buffer =>
  Buffer.from(hkdfSync("sha256", key, salt, info, length));
