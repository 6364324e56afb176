import { z } from "zod";

// Made by the connection or by HTTP itself; a secret belongs in `authorization`, which is encrypted.
const reserved = new Set([
  "authorization",
  "connection",
  "content-length",
  "content-type",
  "cookie",
  "expect",
  "host",
  "idempotency-key",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "webhook-id",
  "webhook-signature",
  "webhook-timestamp",
]);

const name = z
  .string()
  .max(100)
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "A header name is an HTTP token.")
  .refine((text) => !reserved.has(text.toLowerCase()), "This header is not for headers to set.")
  .refine((text) => !/^proxy-/i.test(text), "This header is not for headers to set.");
const value = z
  .string()
  .max(4_000)
  .regex(/^[\t -~]*$/, "A header value is printable ASCII, without line breaks.");

/** Extra request headers, of the connection or of one call; those of the call win. */
export const headers = z.record(name, value);

export type Headers = { readonly [name: string]: string };

/** Names in lower case, so that one header is not sent twice. */
export function lowerCaseNames(given: Headers): Headers {
  return Object.fromEntries(Object.entries(given).map(([header, text]) => [header.toLowerCase(), text]));
}
