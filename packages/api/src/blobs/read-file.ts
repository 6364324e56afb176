import { blobLimits, blobTooLarge, decodeBase64 } from "@wend/core";
import { WendError } from "@wend/plugin";

/** The bytes of a file as it was sent. Throws `blob.too_large`, `request.invalid_field`. */
export function readFile(base64: string): Uint8Array {
  // Before it is decoded: four characters are three bytes.
  const most = Math.ceil(blobLimits.bytes / 3) * 4;
  if (base64.length > most) throw blobTooLarge(Math.floor((base64.length * 3) / 4));
  const bytes = decodeBase64(base64);
  if (bytes === undefined) {
    const detail = "Invalid input: expected base64 with its padding, and nothing in between.";
    throw new WendError("request.invalid_field", { pointer: "/base64", detail });
  }
  return bytes;
}
