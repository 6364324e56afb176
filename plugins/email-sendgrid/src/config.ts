import { senderFields } from "@wend/email/manifest";
import { z } from "zod";
import { isPublicKey } from "./public-key.ts";

const publicKey = z.string().max(500).refine(isPublicKey, "A verification key of SendGrid: ECDSA on P-256, in base64.");

/** What an operator configures for one connection. */
export const config = z.object({
  /** Has to be allowed to send mail, and nothing else. */
  apiKey: z
    .string()
    .max(500)
    .regex(/^[!-~]+$/, "Printable ASCII without blanks."),
  ...senderFields,
  /** What the event webhook is verified by. */
  publicKey: publicKey.optional(),
  /** The one before, while it is replaced. */
  previousPublicKey: publicKey.optional(),
  /** SendGrid checks every mail and sends none. */
  sandboxMode: z.boolean().default(false),
  /** `https://api.eu.sendgrid.com` for a subuser of the EU. */
  url: z
    .url({ protocol: /^https?$/ })
    .refine(isOrigin, "Host and port alone.")
    .default("https://api.sendgrid.com"),
});

/** The parsed config of a connection. */
export type Config = z.infer<typeof config>;

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  // What is no URL at all has been said already.
  return url === null || url.href === `${url.origin}/`;
}
