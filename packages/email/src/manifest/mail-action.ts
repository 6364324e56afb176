import { z } from "zod";
import { address, displayName } from "./fields.ts";
import { messageHeaders } from "./message-headers.ts";

const attachment = z.strictObject({
  /** The id that `blobs.put` has answered. */
  blob: z.string().min(1).max(200),
  /** Instead of the name that it was stored under. */
  name: displayName.optional(),
  /** Makes it part of the HTML: `<img src="cid:logo">`. */
  cid: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,100}$/, "Letters, digits, dots and dashes.")
    .optional(),
});

/**
 * Sends one mail to one address: what the action of every provider begins with, so that a route can choose among their
 * connections. A provider adds its `output` and its `dedupe`.
 */
export const mailAction = {
  title: "Sends an e-mail.",
  input: z
    .object({
      subject: z.string().min(1).max(2_000),
      text: z.string().min(1).max(500_000).optional(),
      html: z.string().min(1).max(500_000).optional(),
      /** MJML as an author writes it, HTML as the handler gets it. */
      mjml: z.string().min(1).max(1_000_000).optional(),
      attachments: z.array(attachment).max(20).optional(),
      /** Instead of the connection's own. */
      from: address.optional(),
      fromName: displayName.optional(),
      replyTo: address.optional(),
      headers: messageHeaders.optional(),
    })
    .refine(({ text, html, mjml }) => (text ?? html ?? mjml) !== undefined, "Give text, html or mjml.")
    .refine(({ html, mjml }) => html === undefined || mjml === undefined, "Give html or mjml, not both."),
  channel: "email",
  purpose: "promotional",
  address: "email",
  addressOnly: true,
  templates: { subject: "text", text: "text", html: "html", mjml: "mjml", attachments: "json" },
  timeoutMs: 30_000,
} as const;

/** The rendered input of a mail. */
export type MailInput = z.infer<typeof mailAction.input>;
