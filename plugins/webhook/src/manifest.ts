import { defineAction, defineManifest, receiptKinds } from "@wend/plugin";
import { z } from "zod";
import { headers } from "./headers.ts";
import { signingKeys } from "./signature.ts";

const DAY_MS = 86_400_000;
const TIMEOUT_MS = 10_000;

const secret = z
  .string()
  .refine((text) => signingKeys(text) !== undefined, "A secret is whsec_ and 24 to 64 bytes in base64.");

/** Sends one signed HTTP request. */
const post = defineAction({
  title: "Posts a JSON body to the connection's URL.",
  input: z.object({
    /** Appended to the connection's URL: `/orders?source=wend`. */
    path: z
      .string()
      .max(2_000)
      // Printable ASCII without # and \; dot segments would leave the connection's own path.
      .regex(/^\/[!-"$-[\]-~]*$/, "A path starts with / and is printable ASCII without # and \\.")
      .refine((path) => !/\/(?:\.|%2e){1,2}(?:[/?]|$)/i.test(path), "A path has no . and .. segments.")
      .optional(),
    /** Any JSON; texts in it are templates. */
    body: z.json(),
    headers: headers.optional(),
  }),
  output: z.object({ status: z.number() }),
  channel: "webhook",
  purpose: "transactional",
  // Every call carries the key, but only the operator knows whether the receiver looks at it.
  dedupe: { by: "key", windowField: "keyWindowMs" },
  templates: { body: "json" },
  timeoutMs: TIMEOUT_MS,
});

/** The webhook plugin as data. */
export const manifest = defineManifest({
  id: "webhook",
  version: "0.0.0",
  contract: 1,
  config: z.object({
    url: z.url({ protocol: /^https?$/ }).refine(isPlainUrl, "A URL has no user name, password or fragment."),
    /** `whsec_…`; two with a space between them while receivers move from the one to the other. */
    secret: secret.optional(),
    /** The whole Authorization header, for a receiver that asks for one. */
    /** Signs what the receiver reports later; another secret than `secret`, or our own calls could be sent back to us. */
    receiptSecret: secret.optional(),
    authorization: z
      .string()
      .regex(/^[!-~]+(?: [!-~]+)*$/, "Printable ASCII.")
      .max(4_000)
      .optional(),
    headers: headers.optional(),
    timeoutMs: z.int().min(100).max(TIMEOUT_MS).optional(),
    /** How long the receiver acts once per key; 0, or nothing, when it ignores the key. */
    keyWindowMs: z
      .int()
      .min(0)
      .max(30 * DAY_MS)
      .optional(),
  }),
  secrets: ["secret", "receiptSecret", "authorization"],
  actions: { post },
  events: receiptKinds,
});

function isPlainUrl(text: string): boolean {
  const url = URL.parse(text);
  // What is no URL at all has been said already.
  return url === null || (url.username === "" && url.password === "" && url.hash === "");
}
