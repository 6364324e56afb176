import type { KeyObject } from "node:crypto";
import { createECDH, createPrivateKey } from "node:crypto";

const isBase64Url = (text: string): boolean => /^[\w-]+$/.test(text);

/** Whether they are a P-256 key pair, both raw and in base64url, as every tool for push prints them. */
export function isKeyPair(publicKey: string, privateKey: string): boolean {
  const d = Buffer.from(privateKey, "base64url");
  if (!(isBase64Url(publicKey) && isBase64Url(privateKey)) || d.length !== 32) return false;
  const pair = createECDH("prime256v1");
  try {
    pair.setPrivateKey(d);
    return pair.getPublicKey().equals(Buffer.from(publicKey, "base64url"));
  } catch {
    return false;
  }
}

/** The private key for signing. */
export function toSigningKey(publicKey: string, privateKey: string): KeyObject {
  const point = Buffer.from(publicKey, "base64url");
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString("base64url"));
  return createPrivateKey({ key: { kty: "EC", crv: "P-256", x: x!, y: y!, d: privateKey }, format: "jwk" });
}
