import { plainArray, textArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { HeldEntry } from "../held-entry.ts";

/** Keeps entries into paused journeys. */
export function insertHeldEntries(tx: Tx, entries: readonly HeldEntry[]): Promise<number> {
  return tx.run(insertHeldEntriesSql, [
    tx.workspaceId,
    plainArray(entries.map((entry) => entry.profileId)),
    plainArray(entries.map((entry) => entry.journeyId)),
    textArray(entries.map((entry) => entry.event.name)),
    timeArray(entries.map((entry) => entry.event.receivedAt)),
    plainArray(entries.map((entry) => entry.event.id)),
    plainArray(entries.map((entry) => entry.version)),
    plainArray(entries.map((entry) => entry.runId)),
  ]);
}

/** Removes those that were decided. */
export function deleteHeldEntries(tx: Tx, entries: readonly HeldEntry[]): Promise<number> {
  return tx.run(deleteHeldEntriesSql, [
    tx.workspaceId,
    plainArray(entries.map((entry) => entry.profileId)),
    plainArray(entries.map((entry) => entry.journeyId)),
    plainArray(entries.map((entry) => entry.event.id)),
  ]);
}

const insertHeldEntriesSql = {
  name: "insert-held-entries",
  text: /* sql */ `
insert into held_entries (workspace_id, profile_id, journey_id, event_name, received_at, event_id, version, run_id)
select $1, profile_id, journey_id, event_name, to_timestamp(received_at), event_id, version, run_id
from unnest($2::uuid[], $3::uuid[], $4::text[], $5::float8[], $6::uuid[], $7::int[], $8::uuid[])
as u (profile_id, journey_id, event_name, received_at, event_id, version, run_id)
on conflict do nothing`,
};

const deleteHeldEntriesSql = {
  name: "delete-held-entries",
  text: /* sql */ `
delete from held_entries h using unnest($2::uuid[], $3::uuid[], $4::uuid[]) as u (profile_id, journey_id, event_id)
where h.workspace_id = $1 and h.profile_id = u.profile_id and h.journey_id = u.journey_id and h.event_id = u.event_id`,
};
