import { z } from "zod";

/** A place of the page's own site, or a web address; nothing that a browser would run. Empty where there is none. */
export const link = z
  .string()
  .max(2_000)
  .regex(/^$|^\/(?![/\\])[!-~]*$|^https?:\/\/[!-~]+$/, "A link is an http(s) address or a path that begins with /.");
