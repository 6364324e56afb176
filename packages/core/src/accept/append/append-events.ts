import { shardOf, uuidv7 } from "../../ids.ts";
import { plainArray, textArray, timeArray } from "../../store/arrays.ts";
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
 * One statement whatever the number of events.
 */
export async function appendEvents(tx: Tx, placed: readonly PlacedEvent[]): Promise<ReadonlySet<string>> {
  // One order in all processes: two that insert the same message ids wait for each other, never in a circle.
  const sorted = [...placed].sort(byMessageId);
  const known = await tx.rows<{ message_id: string }>(sql, [
    tx.workspaceId,
    tx.now / 1000,
    textArray(sorted.map(({ event }) => event.messageId)),
    plainArray(sorted.map(({ id }) => id)),
    plainArray(sorted.map(({ profileId }) => profileId)),
    plainArray(sorted.map(({ shard }) => shard)),
    textArray(sorted.map(({ event }) => event.name)),
    plainArray(sorted.map(({ event }) => event.kind)),
    timeArray(sorted.map(({ event }) => event.occurredAt ?? tx.now)),
    textArray(sorted.map(({ event }) => event.payload)),
  ]);
  return new Set(known.map((row) => row.message_id));
}

function byMessageId(a: PlacedEvent, b: PlacedEvent): number {
  return a.event.messageId < b.event.messageId ? -1 : 1;
}

const sql = {
  name: "append-events",
  text: /* sql */ `
with fresh as (
  insert into message_ids (workspace_id, id, received_at)
  select $1, id, to_timestamp($2) from unnest($3::text[]) as id
  on conflict do nothing
  returning id
), incoming as (
  select e.* from unnest($3::text[], $4::uuid[], $5::uuid[], $6::smallint[], $7::text[], $8::text[], $9::float8[], $10::jsonb[])
    as e (message_id, id, profile_id, shard, name, kind, occurred_at, payload)
  join fresh on fresh.id = e.message_id
), stored as (
  insert into events (workspace_id, profile_id, name, received_at, id, kind, occurred_at, message_id, payload)
  select $1, profile_id, name, to_timestamp($2), id, kind, to_timestamp(occurred_at), message_id, payload from incoming
), queued as (
  insert into inbox (workspace_id, shard, received_at, id, profile_id, kind, name)
  select $1, shard, to_timestamp($2), id, profile_id, 'event', name from incoming
)
select m.id as message_id from unnest($3::text[]) as m (id) where not exists (select from fresh where fresh.id = m.id)`,
};
