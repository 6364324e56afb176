import { generateKeyPairSync } from "node:crypto";

/** What an operator configures for push. */
export function makeVapidPair() {
  const { x, y, d } = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
  const point = [Buffer.of(4), Buffer.from(x!, "base64url"), Buffer.from(y!, "base64url")];
  return {
    vapidSubject: "mailto:ops@shop.example",
    vapidPublicKey: Buffer.concat(point).toString("base64url"),
    vapidPrivateKey: d!,
  };
}
