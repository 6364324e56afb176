import { storableText } from "@wend/plugin";
import PostalMime from "postal-mime";

/** A mail, as far as a report is looked for in it. */
export interface ReadMail {
  /** Lower case names; the first of each. */
  readonly headers: ReadonlyMap<string, string>;
  /** Milliseconds since the epoch; undefined where the mail tells none. */
  readonly date: number | undefined;
  readonly text: string;
  /** What is attached as text of its own, in its order. */
  readonly parts: readonly MailPart[];
}

export interface MailPart {
  readonly type: string;
  readonly text: string;
}

const readable = /^(?:message\/|text\/)/;
const limits = { maxNestingDepth: 20, maxHeadersSize: 512 * 1024 };
/** Reports are short; what is longer than this, or a line of it, only costs time. */
const mostCharacters = 50_000;
const longestLine = 1_000;

/** Reads a mail of RFC 5322. What is malformed is read as far as it goes. */
export async function readMail(raw: Uint8Array): Promise<ReadMail> {
  const mail = await PostalMime.parse(raw, { ...limits, forceRfc822Attachments: true });
  const headers = new Map<string, string>();
  for (const { key, value } of mail.headers) if (!headers.has(key)) headers.set(key, storableText(value, longestLine));
  const parts = mail.attachments
    .filter(({ mimeType }) => readable.test(mimeType))
    .map(({ mimeType, content }) => ({ type: mimeType, text: decoded(content) }));
  const date = Date.parse(headers.get("date") ?? "");
  const text = readableText(mail.text?.trim() ? mail.text : withoutTags(mail.html ?? ""));
  return {
    headers,
    date: Number.isFinite(date) && date > 0 ? date : undefined,
    // Where the boundary that a mail names is not the one that it uses, there are no parts, but there is a text.
    text: text.trim() === "" && parts.length === 0 ? bodyOf(raw) : text,
    parts,
  };
}

const bodyOf = (raw: Uint8Array): string => decoded(raw.subarray(0, mostCharacters)).replace(/^[\s\S]*?\n\n/, "");

const decoded = (content: ArrayBuffer | Uint8Array | string): string =>
  readableText(typeof content === "string" ? content : new TextDecoder().decode(content));

const readableText = (text: string): string =>
  storableText(text, mostCharacters)
    .split(/\r\n|\r|\n/)
    .map((line) => storableText(line, longestLine))
    .join("\n");

const withoutTags = (html: string): string =>
  html
    .slice(0, 2 * mostCharacters)
    .replace(/<(?:br|\/p|\/div|\/tr)\b[^<>]{0,200}>/gi, "\n")
    .replace(/<[^<>]{0,500}>/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">");
