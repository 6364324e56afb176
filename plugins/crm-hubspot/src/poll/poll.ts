import type { Polled } from "@wend/plugin";
import type { Change, ObjectKind } from "../change.ts";
import type { HubspotConnection } from "../connection.ts";
import type { signals } from "../signals.ts";
import { toSignals } from "../to-signals.ts";
import { findModified, modifiedAt } from "./find-modified.ts";
import { loadHistory } from "./load-history.ts";
import { nextCursor } from "./next-cursor.ts";
import type { ObjectCursor } from "./poll-cursor.ts";
import { readCursor, startAt, writeCursor } from "./poll-cursor.ts";

/** What has changed since a cursor, of the properties that the connection watches: one page of each kind of record. */
export async function poll(
  connection: HubspotConnection,
  text: string | null,
  signal: AbortSignal,
): Promise<Polled<never, typeof signals>> {
  const { contactProperties, dealProperties, pollSince } = connection.config;
  const start = startAt(pollSince === undefined ? connection.host.now() : Date.parse(pollSince));
  const cursor = readCursor(text);
  const contacts = createPage(connection, "contact", contactProperties);
  const deals = createPage(connection, "deal", dealProperties);
  const contact = await contacts(cursor.contact ?? start, signal);
  const deal = await deals(cursor.deal ?? start, signal);
  const changes = [...(contact?.changes ?? []), ...(deal?.changes ?? [])];
  return {
    signals: await toSignals(connection, changes, signal),
    cursor: writeCursor({ contact: contact?.cursor, deal: deal?.cursor }),
    more: contact?.more === true || deal?.more === true,
  };
}

interface Turned {
  readonly changes: readonly Change[];
  readonly cursor: ObjectCursor;
  readonly more: boolean;
}

type TurnPage = (cursor: ObjectCursor, signal: AbortSignal) => Promise<Turned | undefined>;

function createPage({ client, host }: HubspotConnection, object: ObjectKind, properties: readonly string[]): TurnPage {
  // Whoever watches nothing has webhooks, and asks nothing.
  if (properties.length === 0) return async () => undefined;
  return async (cursor, signal) => {
    const now = host.now();
    const found = await findModified(client, object, { cursor, signal });
    const records = found.map((record) => ({ id: record.id, at: modifiedAt(object, record) }));
    // One that was looked at and has changed since is to be looked at again.
    const fresh = records.filter(({ id, at }) => at !== cursor.at || !cursor.seen.includes(id));
    const ids = fresh.map(({ id }) => id);
    const changes = await loadHistory(client, { object, ids, properties, from: cursor.from, signal });
    return { changes, ...nextCursor(cursor, { records, now }) };
  };
}
