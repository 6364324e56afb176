import type { Reader } from "./bounce/read-bounce.ts";
import { readBounce } from "./bounce/read-bounce.ts";
import type { HeardByPoll } from "./heard.ts";
import { openMailbox } from "./imap/open-mailbox.ts";
import { readMailbox } from "./imap/read-mailbox.ts";

/** Reads the bounces and complaints that have arrived in the connection's mailbox; nothing without one. */
export async function poll(reader: Reader, cursor: string | null, signal: AbortSignal): Promise<HeardByPoll> {
  const { config, host } = reader;
  if (config.imap === undefined) return { cursor: cursor ?? "", more: false, receipts: [] };
  await using mailbox = await openMailbox({ config, host, signal });
  const page = await readMailbox(mailbox, config, { cursor, now: host.now() });
  const facts = await Promise.all(page.mails.map((raw) => readBounce(reader, raw)));
  return { cursor: page.cursor, more: page.more, receipts: facts.flatMap(({ receipts }) => receipts) };
}
