import type { Tx } from "../../store/transaction.ts";
import type { PendingEvent } from "../event.ts";
import { resolveProfiles } from "../identity/resolve-profiles.ts";
import { appendEvents, placeEvents } from "./append-events.ts";

/** What became of an accepted event. */
export interface AcceptedEvent {
  readonly messageId: string;
  readonly profileId: string;
  /** Null when the message id was known already: the event stands in the store under an earlier id. */
  readonly eventId: string | null;
}

export interface WrittenEvents {
  /** In the order of the events given. */
  readonly events: readonly AcceptedEvent[];
  /** The shard of each row that waits to be advanced. */
  readonly shards: readonly number[];
}

/** Stores events in one transaction: identities, dedupe, ledger and inbox. */
export async function writeEvents(tx: Tx, shards: number, events: readonly PendingEvent[]): Promise<WrittenEvents> {
  const distinct = firstOfEach(events);
  const unique = distinct.size === events.length ? events : [...distinct.values()];
  const profileIds = await resolveProfiles(tx, unique);
  const placed = placeEvents(unique, profileIds, { now: tx.now, shards });
  const known = await appendEvents(tx, placed);
  const byMessageId = new Map(placed.map((one) => [one.event.messageId, one]));
  return {
    events: events.map((event) => {
      const { event: first, id, profileId } = byMessageId.get(event.messageId)!;
      const stored = first === event && !known.has(event.messageId);
      return { messageId: event.messageId, profileId, eventId: stored ? id : null };
    }),
    shards: placed.filter(({ event }) => !known.has(event.messageId)).map(({ shard }) => shard),
  };
}

function firstOfEach(events: readonly PendingEvent[]): Map<string, PendingEvent> {
  const first = new Map<string, PendingEvent>();
  for (const event of events) {
    if (!first.has(event.messageId)) first.set(event.messageId, event);
  }
  return first;
}
