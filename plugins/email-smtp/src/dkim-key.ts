import { createPrivateKey } from "node:crypto";

const fewestBits = 1_024;

/** Whether a text is an RSA private key in PEM that receivers take: what cannot sign would send unsigned mail. */
export function isDkimKey(pem: string): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    return asymmetricKeyType === "rsa" && (asymmetricKeyDetails?.modulusLength ?? 0) >= fewestBits;
  } catch {
    return false;
  }
}
