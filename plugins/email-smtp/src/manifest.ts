import { defineAction, defineManifest, matchEmailAddress } from "@wend/plugin";
import { z } from "zod";
import { messageHeaders } from "./message-headers.ts";

const address = z
  .string()
  .refine((text) => matchEmailAddress(text).ok, "Exactly one e-mail address, without display name.");
const displayName = z
  .string()
  .max(200)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, "A display name is one line.");
const hostName = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9.:_-]+$/, "A host name or an IP address.");
const pauseMs = z.int().min(50).max(60_000);

/** Sends one mail to one address. */
const send = defineAction({
  title: "Sends an e-mail.",
  input: z
    .object({
      subject: z.string().min(1).max(2_000),
      text: z.string().min(1).max(500_000).optional(),
      html: z.string().min(1).max(500_000).optional(),
      /** Instead of the connection's own. */
      from: address.optional(),
      fromName: displayName.optional(),
      replyTo: address.optional(),
      headers: messageHeaders.optional(),
    })
    .refine(({ text, html }) => text !== undefined || html !== undefined, "Give text, html or both."),
  output: z.object({
    messageId: z.string(),
    /** The server's last reply. */
    response: z.string(),
  }),
  channel: "email",
  purpose: "promotional",
  address: "email",
  // SMTP can neither be told that a mail is the same one, nor be asked what became of it.
  dedupe: { by: "none" },
  templates: { subject: "text", text: "text", html: "html" },
  timeoutMs: 30_000,
});

/** The SMTP plugin as data. */
export const manifest = defineManifest({
  id: "email-smtp",
  version: "0.0.0",
  contract: 1,
  config: z
    .object({
      host: hostName,
      port: z.int().min(1).max(65_535),
      /** `tls` from the first byte, `starttls` or nothing is sent, `none`. By default `tls` on port 465, else `starttls`. */
      secure: z.enum(["tls", "starttls", "none"]).optional(),
      /** Certificates to trust instead of the public ones, in PEM. */
      ca: z.string().startsWith("-----BEGIN CERTIFICATE-----").max(100_000).optional(),
      user: z.string().min(1).max(500).optional(),
      pass: z.string().min(1).max(5_000).optional(),
      /** Sender of every mail that names no other; bounces go there. */
      from: address,
      fromName: displayName.optional(),
      replyTo: address.optional(),
      /** What to call ourselves in EHLO. */
      name: hostName.optional(),
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
    }),
  secrets: ["pass"],
  actions: { send },
});

/** The parsed config of a connection. */
export type Config = z.infer<typeof manifest.config>;
/** The rendered input of `send`. */
export type SendInput = z.infer<typeof send.input>;
