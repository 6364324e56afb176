import { z } from "zod";

const allowed = new Set([
  "auto-submitted",
  "feedback-id",
  "importance",
  "in-reply-to",
  "keywords",
  "list-archive",
  "list-help",
  "list-id",
  "list-owner",
  "list-post",
  "list-subscribe",
  "list-unsubscribe",
  "list-unsubscribe-post",
  "organization",
  "precedence",
  "priority",
  "references",
]);

// Relays read these as commands: X-SMTPAPI and X-MSYS-API take a list of recipients, X-MC-BccAddress one more.
const commands = /api|bcc|rcpt|recipient|envelope|original-to/i;

const name = z
  .string()
  .max(76)
  .regex(/^[A-Za-z][A-Za-z0-9-]*$/, "A header name is letters, digits and dashes.")
  .refine(
    (text) => allowed.has(text.toLowerCase()) || (/^x-/i.test(text) && !commands.test(text)),
    "This header is not for a journey to set.",
  );
const value = z
  .string()
  .min(1)
  .max(2_000)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, "A header value is one line.");

/** Extra headers of a mail: from an allow list, so that none can add a recipient or change the sender. */
export const messageHeaders = z.record(name, value);
