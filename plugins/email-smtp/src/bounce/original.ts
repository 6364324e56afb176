import type { Fields } from "./fields.ts";
import { fieldsOf } from "./fields.ts";
import type { ReadMail } from "./read-mail.ts";

const originalPart = /^(?:message\/(?:global|rfc822|global-headers|partial)|text\/rfc822-headers)$/;
// The line after which a server that knows no MIME repeats the mail.
const divider =
  /^[ \t>]*[-=_*]{2,}.{0,40}(?:copy of|original (?:mail|message|header)|unsent message|returned (?:message|mail)|headers? follow|below this line).{0,80}$|^[ \t]*(?:original message (?:follows|header)|the original message|message text|message header|your message (?:headers?|follows)|returned message|original message:).{0,60}$/im;
// Fields that only the header of a mail has, two in a row.
const header =
  /^(?:return-path|received|message-id|mime-version|dkim-signature|from|x-[a-z-]+):.*\n(?:[ \t].*\n)*[A-Za-z][A-Za-z-]*:/im;

/** The header of the mail that the report is about, as far as it was sent back. */
export function originalFields(mail: ReadMail): Fields | undefined {
  const part = mail.parts.find(({ type }) => originalPart.test(type));
  const text = part?.text ?? repeated(mail.text);
  if (text === undefined) return undefined;
  const fields = fieldsOf(text.trimStart().split(/\n[ \t]*\n/)[0] ?? "");
  return fields.size > 0 ? fields : undefined;
}

/** What a server says in a text, without the mail that it repeats below. */
export const ownWords = (text: string): string => text.slice(0, startOfOriginal(text));

function repeated(text: string): string | undefined {
  const rest = text.slice(startOfOriginal(text));
  const start = header.exec(rest)?.index;
  return start === undefined ? undefined : rest.slice(start);
}

function startOfOriginal(text: string): number {
  const found = [divider, header].map((pattern) => pattern.exec(text)?.index ?? text.length);
  // What begins with it is the report itself.
  return Math.min(...found.map((index) => (index < 20 ? text.length : index)));
}
