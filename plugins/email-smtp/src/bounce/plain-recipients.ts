import { addressesIn, addressIn } from "./address-in.ts";
import { originalFields } from "./original.ts";
import type { ReadMail } from "./read-mail.ts";

const daemons = /^(?:mailer-?daemon|postmaster|mail-?daemon|mdaemon|bounces?)@/i;

// An address alone on its line, before a colon, or in a line that names a recipient.
const statements =
  /^[ \t>]*<?[^\s<>@]+@[^\s<>@]+>?[ \t]*:?[ \t]*$|^[ \t]*<[^\s<>@]+@[^\s<>@]+>[ \t]*:.*$|^.*\b(?:rcpt to|recipient|to address|addressee|user unknown|unknown user|unrouteable|mail to|mailbox|undeliverable to|userid)\b.{0,60}@\S+.*$/gim;

/** Whom a text without a delivery status is about, in lower case, each once. */
export function plainRecipients(mail: ReadMail, words: string): string[] {
  const failed = mail.headers.get("x-failed-recipients");
  if (failed !== undefined) return addressesIn(failed);
  const ours = new Set([mail.headers.get("to"), mail.headers.get("from")].map((text) => addressIn(text ?? "")));
  const foreign = (text: string) => addressesIn(text).filter((address) => !ours.has(address) && !daemons.test(address));
  const stated = new Set([...words.matchAll(statements)].flatMap(([line]) => foreign(line)));
  if (stated.size > 0) return [...stated];
  const original = addressIn(originalFields(mail)?.get("to") ?? "");
  const named = foreign(words);
  if (original !== undefined && (named.length === 0 || named.includes(original))) return [original];
  return named.slice(0, 1);
}
