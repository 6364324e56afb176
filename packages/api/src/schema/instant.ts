import { z } from "zod";

/** An instant of an answer: milliseconds inside, ISO 8601 in UTC outside. */
export const instant = z.codec(z.number(), z.iso.datetime(), {
  decode: (at) => new Date(at).toISOString(),
  encode: (text) => Date.parse(text),
});
