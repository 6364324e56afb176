import type { MailboxObject } from "imapflow";
import type { Config } from "../config.ts";
import { toImapError } from "./imap-error.ts";
import type { Mailbox } from "./open-mailbox.ts";

const pageSize = 50;
/** A report stands at the beginning of a mail; of what it returns the header is enough. */
const mostBytes = 1_000_000;

/** The host knows for a week what it was told before: so much may be read again. */
const knownMs = 6 * 86_400_000;

/** The mails of a mailbox behind a cursor. */
export interface MailboxPage {
  /** `validity:uid`; under another validity the server has numbered its mails anew. */
  readonly cursor: string;
  readonly more: boolean;
  readonly mails: readonly Uint8Array[];
}

interface From {
  /** Null the first time, and empty while there was no mailbox. */
  readonly cursor: string | null;
  readonly now: number;
}

/** Reads the next mails in their order; nothing is changed or marked as read. */
export async function readMailbox({ client }: Mailbox, { imap }: Config, from: From): Promise<MailboxPage> {
  try {
    const box = await client.mailboxOpen(imap!.mailbox, { readOnly: true });
    const [validity, uid] = (from.cursor ?? "").split(":");
    const last =
      validity === String(box.uidValidity) ? Number(uid) : await lastBefore(client, box, sinceOf(imap!, from));
    const found = await uidsAfter(client, last);
    const page = found.slice(0, pageSize);
    const mails = await sourcesOf(client, page);
    return { cursor: `${box.uidValidity}:${page.at(-1) ?? last}`, more: found.length > page.length, mails };
  } catch (error) {
    throw toImapError(error);
  }
}

// A mailbox may hold the bounces of years: of addresses that work again, and of mails that others have sent.
function sinceOf({ since }: NonNullable<Config["imap"]>, { cursor, now }: From): Date | undefined {
  if (cursor) return new Date(now - knownMs);
  return since === undefined ? undefined : new Date(since);
}

/** The number before the first mail that arrived on a day or later; without a day, of the last mail that there is. */
async function lastBefore(client: Mailbox["client"], box: MailboxObject, since: Date | undefined): Promise<number> {
  const found = since === undefined ? [] : (await client.search({ since }, { uid: true })) || [];
  return Math.min(box.uidNext, ...found) - 1;
}

async function uidsAfter(client: Mailbox["client"], last: number): Promise<number[]> {
  const found = (await client.search({ uid: `${last + 1}:*` }, { uid: true })) || [];
  // `8:*` of a mailbox whose last is 7 holds 7.
  return found.filter((uid) => uid > last).sort((a, b) => a - b);
}

// One at a time: what is asked for together arrives together, however large.
async function sourcesOf(client: Mailbox["client"], uids: readonly number[]): Promise<Uint8Array[]> {
  const sources: Uint8Array[] = [];
  for (const uid of uids) {
    const asked = { source: { start: 0, maxLength: mostBytes } };
    const mail = await client.fetchOne(String(uid), asked, { uid: true });
    if (mail && mail.source !== undefined) sources.push(mail.source);
  }
  return sources;
}
