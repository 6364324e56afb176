import { findStatus } from "./find-status.ts";
import { ownWords } from "./original.ts";
import { isNotOfRecipient } from "./phase.ts";
import { plainRecipients } from "./plain-recipients.ts";
import type { ReadMail } from "./read-mail.ts";
import type { Failure } from "./report.ts";

const delay = /delay|will (?:continue to )?(?:be )?(?:re)?tr(?:y|ied)|still trying|warning/i;

/** What a server that knows no RFC 3464 says of each recipient. */
export function plainFailures(mail: ReadMail): Failure[] {
  const words = ownWords(mail.text);
  const recipients = plainRecipients(mail, words);
  const action = delay.test(mail.headers.get("subject") ?? "") ? "delayed" : "failed";
  const failure = (recipient: string | undefined, said: string): Failure => ({
    recipient,
    action,
    status: findStatus(said),
    words: said,
    ofRecipient: !isNotOfRecipient(said),
  });
  if (recipients.length < 2) return [failure(recipients[0], words)];
  return recipients.map((recipient) => failure(recipient, wordsOf(words, recipient, recipients)));
}

/** Of a text about several recipients, what follows the name of one, up to that of the next. */
function wordsOf(words: string, recipient: string, all: readonly string[]): string {
  const lower = words.toLowerCase();
  const start = lower.indexOf(recipient);
  if (start === -1) return words;
  const others = all.filter((other) => other !== recipient).map((other) => lower.indexOf(other, start));
  const said = words.slice(start, Math.min(words.length, ...others.filter((index) => index > start)));
  // In a mere list of names nothing stands between them: what is said is said of all.
  return said.trim().length > recipient.length + 15 ? said : words;
}
