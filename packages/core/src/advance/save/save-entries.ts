import { plainArray, textArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { EntrySlot } from "../entry-slot.ts";

/** Writes what re-entry rules remember, new and changed rows alike. */
export function saveEntries(tx: Tx, entries: readonly EntrySlot[]): Promise<number> {
  return tx.run(saveEntriesSql, [
    tx.workspaceId,
    plainArray(entries.map((entry) => entry.profileId)),
    plainArray(entries.map((entry) => entry.journeyId)),
    textArray(entries.map((entry) => entry.entryKey)),
    plainArray(entries.map((entry) => entry.runId)),
    timeArray(entries.map((entry) => entry.enteredAt)),
    timeArray(entries.map((entry) => entry.endedAt)),
    plainArray(entries.map((entry) => entry.times)),
    plainArray(entries.map((entry) => entry.lastEvent)),
  ]);
}

const saveEntriesSql = {
  name: "save-entries",
  text: /* sql */ `
insert into entries (workspace_id, profile_id, journey_id, entry_key, run_id, entered_at, ended_at, times, last_event)
select $1, profile_id, journey_id, entry_key, run_id, to_timestamp(entered_at), to_timestamp(ended_at), times, last_event
from unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::float8[], $7::float8[], $8::int[], $9::uuid[])
as u (profile_id, journey_id, entry_key, run_id, entered_at, ended_at, times, last_event)
on conflict (workspace_id, profile_id, journey_id, entry_key) do update set
  run_id = excluded.run_id, entered_at = excluded.entered_at, ended_at = excluded.ended_at,
  times = excluded.times, last_event = excluded.last_event`,
};
