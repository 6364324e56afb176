import { address, domainName, senderFields } from "@wend/email/manifest";
import { matchEmailAddress, parseEmailAddress } from "@wend/plugin";
import { z } from "zod";
import { isDkimKey } from "./dkim-key.ts";
import { hostName } from "./host-name.ts";

const pauseMs = z.int().min(50).max(60_000);
const port = z.int().min(1).max(65_535);
const secret = z.string().min(1).max(5_000);
const security = z.enum(["tls", "starttls", "none"]);
/** What is left of 64 characters for the part before the plus sign of a return path. */
const longestBounceName = 18;

/** What an operator configures for one connection. */
export const config = z
  .object({
    host: hostName,
    port,
    /** `tls` from the first byte, `starttls` or nothing is sent, `none`. By default `tls` on port 465, else `starttls`. */
    secure: security.optional(),
    /** Certificates to trust instead of the public ones, in PEM. */
    ca: z.string().startsWith("-----BEGIN CERTIFICATE-----").max(100_000).optional(),
    user: z.string().min(1).max(500).optional(),
    pass: secret.optional(),
    /** Bounces go to `from` unless there is a `bounceAddress`. */
    ...senderFields,
    /** What to call ourselves in EHLO. */
    name: hostName.optional(),
    /** Whose DKIM signature every mail carries. */
    dkimDomain: domainName.optional(),
    dkimSelector: z
      .string()
      .max(100)
      .regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/, "A DKIM selector.")
      .optional(),
    /** RSA, in PEM. */
    dkimKey: z.string().max(20_000).refine(isDkimKey, "An RSA private key of at least 1,024 bits in PEM.").optional(),
    /** Where bounces go: each mail has its own, `bounce+…@example.com` for `bounce@example.com`. */
    bounceAddress: address
      .refine((text) => isBounceName(text), `Up to ${longestBounceName} characters before the @, and no plus sign.`)
      .optional(),
    /** What an MTA signs the mails with that it posts. */
    webhookSecret: secret.optional(),
    previousWebhookSecret: secret.optional(),
    /** A mailbox that bounces and complaints arrive in. */
    imap: z
      .strictObject({
        host: hostName,
        port: port.default(993),
        secure: security.default("tls"),
        user: z.string().min(1).max(500),
        mailbox: z.string().min(1).max(200).default("INBOX"),
        /** The day of arrival that the first poll begins with; else it begins with what arrives after it. */
        since: z.iso.date().optional(),
      })
      .optional(),
    imapPass: secret.optional(),
    maxConnections: z.int().min(1).max(100).default(5),
    timeouts: z
      .object({
        /** Until the connection stands. */
        connectMs: pauseMs.default(5_000),
        /** Until the server greets, and until TLS stands. */
        greetingMs: pauseMs.default(10_000),
        /** Between two signs of life. */
        replyMs: pauseMs.default(20_000),
      })
      .prefault({}),
  })
  .refine(({ user, pass }) => (user === undefined) === (pass === undefined), {
    message: "Give user and pass, or neither.",
    path: ["pass"],
  })
  .refine(({ imap, imapPass }) => (imap === undefined) === (imapPass === undefined), {
    message: "Give imap and imapPass, or neither.",
    path: ["imapPass"],
  })
  .refine((c) => new Set([c.dkimDomain, c.dkimSelector, c.dkimKey].map((one) => one === undefined)).size === 1, {
    message: "Give dkimDomain, dkimSelector and dkimKey, or none of them.",
    path: ["dkimKey"],
  });

/** The parsed config of a connection. */
export type Config = z.infer<typeof config>;

function isBounceName(text: string): boolean {
  const match = matchEmailAddress(text);
  // What is no address has been refused as such.
  if (!match.ok) return true;
  const { local } = match.value;
  return local.length <= longestBounceName && /^[A-Za-z0-9._-]+$/.test(local);
}

/** The two parts of an address. */
export function splitAddress(text: string): { readonly local: string; readonly domain: string } {
  const { address: whole, domain: after } = parseEmailAddress(text);
  return { local: whole.slice(0, whole.lastIndexOf("@")), domain: after };
}
