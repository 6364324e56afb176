import { shardOf, uuidv7 } from "../../ids.ts";
import { joinedJson, plainArray, textArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { PendingEvent } from "../event.ts";

/** An event with its place: whose it is, and its position. */
export interface PlacedEvent {
  readonly event: PendingEvent;
  readonly id: string;
  readonly profileId: string;
  readonly shard: number;
}

/** Gives events their ids in the order in which they came. All of one transaction are received at one instant. */
export function placeEvents(
  events: readonly PendingEvent[],
  profileIds: readonly string[],
  at: { now: number; shards: number },
): PlacedEvent[] {
  return events.map((event, i) => {
    const profileId = profileIds[i]!;
    return { event, id: uuidv7(at.now), profileId, shard: shardOf(profileId, at.shards) };
  });
}

/**
 * Stores events and their inbox rows, except those whose message id is known already; gives back those message ids.
 * One statement whatever the number of events, and a second one when some were known.
 */
export async function appendEvents(tx: Tx, placed: readonly PlacedEvent[]): Promise<ReadonlySet<string>> {
  // One order in all processes: two that insert the same message ids wait for each other, never in a circle.
  const sorted = [...placed].sort(byMessageId);
  const [row] = await tx.rows<{ fresh: string[] | null }>(claimAndInsert, valuesOf(tx, sorted));
  const { fresh } = row!;
  if (fresh === null) return new Set();
  const claimed = new Set(fresh);
  const [taken, known] = [[] as PlacedEvent[], new Set<string>()];
  for (const one of sorted) {
    if (claimed.has(one.event.messageId)) taken.push(one);
    else known.add(one.event.messageId);
  }
  if (taken.length > 0) await tx.run(insertClaimed, valuesOf(tx, taken));
  return known;
}

function byMessageId(a: PlacedEvent, b: PlacedEvent): number {
  return a.event.messageId < b.event.messageId ? -1 : 1;
}

const valuesOf = (tx: Tx, events: readonly PlacedEvent[]): unknown[] => [
  tx.workspaceId,
  tx.fixedNow === undefined ? null : tx.fixedNow / 1000,
  textArray(events.map(({ event }) => event.messageId)),
  plainArray(events.map(({ id }) => id)),
  plainArray(events.map(({ profileId }) => profileId)),
  plainArray(events.map(({ shard }) => shard)),
  textArray(events.map(({ event }) => event.name)),
  plainArray(events.map(({ event }) => event.kind)),
  timeArray(events.map(({ event }) => event.occurredAt)),
  joinedJson(events.map(({ event }) => event.payload)),
];

// Read after every lock that the transaction may have waited for, those of the message ids included: a timer that came
// due meanwhile may have fired, and must not have overtaken an older event. To the millisecond, which is all that the
// engine keeps of an instant.
const received = /* sql */ `
received as materialized (
  select date_trunc('milliseconds', coalesce(to_timestamp($2), clock_timestamp())) as at`;

const insertIncoming = /* sql */ `
stored as (
  insert into events (workspace_id, profile_id, name, received_at, id, kind, occurred_at, message_id, payload)
  select $1, profile_id, name, at, id, kind, coalesce(to_timestamp(occurred_at), at), message_id, payload::jsonb
  from incoming cross join received
), queued as (
  insert into inbox (workspace_id, shard, received_at, id, profile_id, kind, name)
  select $1, shard, at, id, profile_id, 'event', name from incoming cross join received
)`;

const incoming = /* sql */ `
  select * from unnest($3::text[], $4::uuid[], $5::uuid[], $6::smallint[], $7::text[], $8::text[], $9::float8[], string_to_array($10, E'\\x01'))
    as e (message_id, id, profile_id, shard, name, kind, occurred_at, payload)`;

// Nearly always all of them are new, and then nothing has to be told apart: joining the new ids with the events would
// compare each with each, since the connections allow no hash join. `fresh` is null when everything was stored.
const claimAndInsert = {
  name: "append-events",
  text: /* sql */ `
with fresh as (
  insert into message_ids (workspace_id, id, received_at)
  select $1, id, coalesce(to_timestamp($2), now()) from unnest($3::text[]) as id
  on conflict do nothing
  returning id
), claimed as (
  select count(*) = cardinality($3::text[]) as all_of_them from fresh
), ${received} from claimed
), incoming as (${incoming}
  where (select all_of_them from claimed)
), ${insertIncoming}
select case when not all_of_them then array(select id from fresh) end as fresh from claimed`,
};

const insertClaimed = {
  name: "append-claimed-events",
  text: /* sql */ `with ${received}), incoming as (${incoming}), ${insertIncoming} select`,
};
