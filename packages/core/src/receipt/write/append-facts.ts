import { shardOf, uuidv7 } from "../../ids.ts";
import { jsonArray, plainArray, textArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { FactEvent } from "./event-of-fact.ts";
import { findHeardNames } from "./heard-names.ts";

/**
 * Stores facts as events of their profiles, and an inbox row for each that a journey may listen to. Gives back the
 * shards of those. Two statements whatever their number.
 */
export async function appendFacts(tx: Tx, shards: number, events: readonly FactEvent[]): Promise<number[]> {
  if (events.length === 0) return [];
  const heard = await findHeardNames(
    tx,
    events.map(({ name }) => name),
  );
  const shardNumbers = events.map(({ profileId }) => shardOf(profileId, shards));
  await tx.run(sql, [
    tx.workspaceId,
    tx.fixedNow === undefined ? null : tx.fixedNow / 1000,
    plainArray(events.map(() => uuidv7(tx.now))),
    plainArray(events.map(({ profileId }) => profileId)),
    plainArray(shardNumbers),
    textArray(events.map(({ name }) => name)),
    plainArray(events.map(({ kind }) => kind)),
    timeArray(events.map(({ occurredAt }) => occurredAt)),
    textArray(events.map(({ messageId }) => messageId)),
    jsonArray(events.map(({ payload }) => payload)),
    plainArray(events.map(({ name }) => heard.has(name))),
  ]);
  return shardNumbers.filter((_, index) => heard.has(events[index]!.name));
}

// As in accept, the instant is read after every lock that the transaction may have waited for.
const sql = {
  name: "append-facts",
  text: /* sql */ `
with received as materialized (
  select date_trunc('milliseconds', coalesce(to_timestamp($2), clock_timestamp())) as at
), said as (
  select * from unnest($3::uuid[], $4::uuid[], $5::smallint[], $6::text[], $7::text[], $8::float8[], $9::text[],
    $10::jsonb[], $11::boolean[])
    as f (id, profile_id, shard, name, kind, occurred_at, message_id, payload, heard)
), stored as (
  insert into events (workspace_id, profile_id, name, received_at, id, kind, occurred_at, message_id, payload)
  select $1, profile_id, name, at, id, kind, to_timestamp(occurred_at), message_id, payload
  from said cross join received
)
insert into inbox (workspace_id, shard, received_at, id, profile_id, kind, name)
select $1, shard, at, id, profile_id, 'event', name from said cross join received where heard`,
};
