import { generateKeyPairSync } from "node:crypto";

const pem = { type: "pkcs8", format: "pem" } as const;

/** A new RSA private key. */
export const rsaKey = (modulusLength = 2_048): string =>
  generateKeyPairSync("rsa", { modulusLength }).privateKey.export(pem).toString();

/** A key that DKIM knows, and that nothing here signs with. */
export const ed25519Key = (): string => generateKeyPairSync("ed25519").privateKey.export(pem).toString();
