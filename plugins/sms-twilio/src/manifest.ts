import { defineAction, defineManifest } from "@wend/plugin";
import { z } from "zod";
import { sender } from "./sender.ts";

const TIMEOUT_MS = 10_000;

const sidOf = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`), `${prefix} and 32 hexadecimal digits.`);
const secret = z
  .string()
  .max(500)
  .regex(/^[!-~]+$/, "Printable ASCII without blanks.");

/** Sends one SMS to one number. */
const send = defineAction({
  title: "Sends an SMS.",
  input: z.object({
    text: z.string().min(1).max(10_000),
    /** How long Twilio may keep it in its own queue; what has not left by then is not sent. */
    validitySeconds: z.int().min(1).max(36_000).optional(),
  }),
  output: z.object({
    sid: z.string(),
    /** `queued`, `accepted`, … at the time of the call. */
    status: z.string(),
    /** Null while a messaging service has not chosen yet. */
    from: z.string().nullable(),
    /** What Twilio bills; null while it is not known. */
    segments: z.number().nullable(),
  }),
  channel: "sms",
  purpose: "promotional",
  address: "phone",
  addressOnly: true,
  // Twilio takes no key, and no field of a message that it lists could carry one.
  dedupe: { by: "none" },
  templates: { text: "text" },
  timeoutMs: TIMEOUT_MS,
});

/** What a customer wrote, and to which of our numbers. */
const written = z.object({ text: z.string(), to: z.string() });

/** The Twilio plugin as data. */
export const manifest = defineManifest({
  id: "sms-twilio",
  version: "0.0.0",
  contract: 1,
  config: z
    .object({
      accountSid: sidOf("AC"),
      /** Signs the webhooks in any case; the credential of calls too, where there is no API key. */
      authToken: secret,
      /** The other one, while Twilio's primary and secondary token change places. */
      previousAuthToken: secret.optional(),
      apiKeySid: sidOf("SK").optional(),
      apiKeySecret: secret.optional(),
      /** One number or several; a customer always gets the same one. */
      senders: z.array(sender).min(1).max(400).optional(),
      /** Twilio chooses the sender. */
      messagingServiceSid: sidOf("MG").optional(),
      /** Answers HELP, where Twilio does not. */
      helpText: z.string().min(1).max(1_600).optional(),
      /** Another region or edge. */
      url: z
        .url({ protocol: /^https?$/ })
        .refine(isPlainUrl, "Host and port alone.")
        .default("https://api.twilio.com"),
    })
    .refine(({ senders, messagingServiceSid }) => (senders === undefined) !== (messagingServiceSid === undefined), {
      message: "Give senders or messagingServiceSid, and not both.",
      path: ["senders"],
    })
    .refine(({ senders = [] }) => new Set(senders).size === senders.length, {
      message: "Each sender stands in the pool once.",
      path: ["senders"],
    })
    .refine(({ apiKeySid, apiKeySecret }) => (apiKeySid === undefined) === (apiKeySecret === undefined), {
      message: "Give apiKeySid and apiKeySecret, or neither.",
      path: ["apiKeySecret"],
    }),
  secrets: ["authToken", "previousAuthToken", "apiKeySecret"],
  actions: { send },
  events: ["accepted", "delivered", "opened", "replied", "bounced", "unsubscribed", "failed"],
  signals: {
    "SMS Opted In": { title: "A customer has written START.", data: written, resubscribes: true },
    "SMS Help Requested": { title: "A customer has written HELP.", data: written },
  },
});

/** The parsed config of a connection. */
export type Config = z.infer<typeof manifest.config>;
/** The rendered input of `send`. */
export type SendInput = z.infer<typeof send.input>;
/** What `send` returns. */
export type SendOutput = z.infer<typeof send.output>;

function isPlainUrl(text: string): boolean {
  const url = URL.parse(text);
  // What is no URL at all has been said already.
  return url === null || url.href === `${url.origin}/`;
}
