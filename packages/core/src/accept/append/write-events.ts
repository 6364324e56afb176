import type { Tx } from "../../store/transaction.ts";
import type { PendingEvent } from "../event.ts";
import { resolveProfiles } from "../identity/resolve-profiles.ts";
import type { PlacedEvent } from "./append-events.ts";
import { appendEvents, placeEvents } from "./append-events.ts";

/** What became of an accepted event. */
export interface AcceptedEvent {
  readonly messageId: string;
  readonly profileId: string;
  /** Null when the message id was known already: the event stands in the store under an earlier id. */
  readonly eventId: string | null;
}

export interface WrittenEvents {
  /** What became of one of the events given; worked out only for those who ask. */
  outcomeOf(event: PendingEvent): AcceptedEvent;
  /** The shard of each row that waits to be advanced. */
  readonly shards: readonly number[];
}

/** Stores events in one transaction: identities, dedupe, ledger and inbox. */
export async function writeEvents(tx: Tx, shards: number, events: readonly PendingEvent[]): Promise<WrittenEvents> {
  const unique = [...firstOfEach(events).values()];
  const profileIds = await resolveProfiles(tx, unique);
  const placed = placeEvents(unique, profileIds, { now: tx.now, shards });
  const known = await appendEvents(tx, placed);
  const fresh = known.size === 0 ? placed : placed.filter(({ event }) => !known.has(event.messageId));
  return { outcomeOf: outcomes(placed, known), shards: fresh.map(({ shard }) => shard) };
}

function outcomes(placed: readonly PlacedEvent[], known: ReadonlySet<string>): WrittenEvents["outcomeOf"] {
  let byMessageId: Map<string, PlacedEvent> | undefined;
  return (event) => {
    byMessageId ??= new Map(placed.map((one) => [one.event.messageId, one]));
    const { event: first, id, profileId } = byMessageId.get(event.messageId)!;
    const stored = first === event && !known.has(event.messageId);
    return { messageId: event.messageId, profileId, eventId: stored ? id : null };
  };
}

function firstOfEach(events: readonly PendingEvent[]): Map<string, PendingEvent> {
  const first = new Map<string, PendingEvent>();
  for (const event of events) {
    if (!first.has(event.messageId)) first.set(event.messageId, event);
  }
  return first;
}
