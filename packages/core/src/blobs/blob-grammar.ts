import { blobLimits } from "./blob.ts";

// RFC 6838 for the type; parameters are tokens, because quoted text in a header is where injections live.
const restricted = "[a-z0-9][a-z0-9!#$&^_.+-]{0,126}";
const token = "[a-z0-9!#$%&'*+.^_`|~-]+";
const contentType = new RegExp(`^${restricted}/${restricted}(?:; ?${token}=${token})*$`, "i");
// Control characters end a header, slashes leave a folder, direction marks disguise an extension.
const refused = /[\p{Cc}\p{Zl}\p{Zp}/\\\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** `application/pdf`, `text/csv; charset=utf-8`. */
export const isContentType = (text: string): boolean =>
  text.length <= blobLimits.contentTypeLength && contentType.test(text);

/** A file's name without a folder, fit for a header. */
export const isBlobName = (text: string): boolean =>
  text.length > 0 &&
  text.length <= blobLimits.nameLength &&
  text.trim() === text &&
  !/^\.{1,2}$/.test(text) &&
  !refused.test(text);

/** The bytes of a text in base64 with its padding; undefined when it is anything else. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  // The decoder skips what it does not know.
  return bytes.toString("base64") === text ? bytes : undefined;
}
