import { createPublicKey } from "node:crypto";

/** Whether a text is a verification key as SendGrid shows it: P-256, SPKI in base64. Any other would refuse every event. */
export function isPublicKey(text: string): boolean {
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: Buffer.from(text, "base64"), format: "der", type: "spki" });
    return asymmetricKeyDetails?.namedCurve === "prime256v1";
  } catch {
    return false;
  }
}
