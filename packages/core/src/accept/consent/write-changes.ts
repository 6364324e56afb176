import type { JsonObject } from "@wend/journey";
import { jsonArray, plainArray, textArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";

/** A change of consent with its place in time. */
export interface DatedChange {
  /** UUIDv7: of two changes at one instant the later id wins. */
  readonly id: string;
  readonly messageId: string;
  readonly profileId: string;
  readonly channel: string;
  readonly purpose: string;
  readonly topic: string;
  readonly state: "granted" | "revoked";
  readonly at: number;
  readonly source: string;
  readonly detail: JsonObject | null;
}

/**
 * Writes down changes of consent and brings what is in force up to date: the latest change rules, so history that is
 * imported later overrules nothing. One statement whatever the number of changes.
 */
export async function writeChanges(tx: Tx, changes: readonly DatedChange[]): Promise<void> {
  if (changes.length === 0) return;
  await tx.run(sql, [
    tx.workspaceId,
    plainArray(changes.map(({ id }) => id)),
    plainArray(changes.map(({ profileId }) => profileId)),
    textArray(changes.map(({ channel }) => channel)),
    textArray(changes.map(({ purpose }) => purpose)),
    textArray(changes.map(({ topic }) => topic)),
    plainArray(changes.map(({ state }) => state)),
    timeArray(changes.map(({ at }) => at)),
    textArray(changes.map(({ source }) => source)),
    jsonArray(changes.map(({ detail }) => detail)),
  ]);
}

// Sorted, like everything that several processes may write at once.
const sql = /* sql */ `
with changes as (
  select c.id, c.profile_id, c.channel, c.purpose, c.topic, c.state, to_timestamp(c.at) as at, c.source, c.detail
  from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::float8[], $9::text[], $10::jsonb[])
    as c (id, profile_id, channel, purpose, topic, state, at, source, detail)
), logged as (
  insert into consent_changes (workspace_id, id, profile_id, channel, purpose, topic, state, at, source, detail)
  select $1, id, profile_id, channel, purpose, topic, state, at, source, detail from changes
)
insert into consents (workspace_id, profile_id, channel, purpose, topic, state, at, source)
select distinct on (profile_id, channel, purpose, topic) $1::integer, profile_id, channel, purpose, topic, state, at, source
from changes
order by profile_id, channel, purpose, topic, at desc, id desc
on conflict (workspace_id, profile_id, channel, purpose, topic) do update
set state = excluded.state, at = excluded.at, source = excluded.source
where consents.at <= excluded.at`;
