import { generateKeyPairSync } from "node:crypto";

/** A key pair as tools for push make them: both raw, the private one always of 32 bytes. */
export function makeVapidPair() {
  const { x, y, d } = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
  const [left, right] = [x, y].map((half) => Buffer.from(half!, "base64url"));
  return {
    vapidSubject: "mailto:ops@shop.example",
    vapidPublicKey: Buffer.concat([Buffer.of(4), left!, right!]).toString("base64url"),
    vapidPrivateKey: d!,
  };
}
