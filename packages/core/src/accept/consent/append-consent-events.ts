import { shardOf } from "../../ids.ts";
import { jsonArray, plainArray, textArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { DatedChange } from "./write-changes.ts";

/** The name under which a change of consent is stored. */
export const consentName = "$consent";

/**
 * Stores changes of consent as events, and one inbox row for each profile: its runs are looked at again. Gives back
 * the shard of each.
 */
export async function appendConsentEvents(tx: Tx, shards: number, changes: readonly DatedChange[]): Promise<number[]> {
  const profiles = new Map(changes.map(({ profileId, id }) => [profileId, id]));
  const shardsOf = [...profiles.keys()].map((profileId) => shardOf(profileId, shards));
  await tx.run(sql, [
    tx.workspaceId,
    tx.now / 1000,
    plainArray(changes.map(({ id }) => id)),
    plainArray(changes.map(({ profileId }) => profileId)),
    textArray(changes.map(({ messageId }) => messageId)),
    jsonArray(changes.map(payloadOf)),
    plainArray([...profiles.values()]),
    plainArray([...profiles.keys()]),
    plainArray(shardsOf),
  ]);
  return shardsOf;
}

const payloadOf = ({ channel, purpose, topic, state, source }: DatedChange) => ({
  properties: { channel, purpose, topic, state, source },
});

const sql = /* sql */ `
with stored as (
  insert into events (workspace_id, profile_id, name, received_at, id, kind, occurred_at, message_id, payload)
  select $1, profile_id, '${consentName}', to_timestamp($2), id, 'consent', to_timestamp($2), message_id, payload
  from unnest($3::uuid[], $4::uuid[], $5::text[], $6::jsonb[]) as e (id, profile_id, message_id, payload)
)
insert into inbox (workspace_id, shard, received_at, id, profile_id, kind)
select $1, shard, to_timestamp($2), id, profile_id, 'profile'
from unnest($7::uuid[], $8::uuid[], $9::smallint[]) as p (id, profile_id, shard)`;
