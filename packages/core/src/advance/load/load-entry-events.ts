import type { JsonObject } from "@wend/journey";
import { plainArray, textArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { RunSlot } from "../run-slot.ts";

/** Fills in the entry events of runs whose version reads them. */
export async function loadEntryEvents(tx: Tx, slots: readonly RunSlot[]): Promise<void> {
  const rows = await tx.rows<{ id: string; occurred_at: number; properties: JsonObject | null }>(loadEntryEventsSql, [
    tx.workspaceId,
    plainArray(slots.map((slot) => slot.run.profileId)),
    textArray(slots.map((slot) => slot.entryEvent.name)),
    timeArray(slots.map((slot) => slot.entryEvent.receivedAt)),
    plainArray(slots.map((slot) => slot.entryEvent.id)),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const slot of slots) {
    const row = byId.get(slot.entryEvent.id);
    if (row) slot.entry = { ...slot.entryEvent, occurredAt: row.occurred_at, properties: row.properties ?? {} };
  }
}

const loadEntryEventsSql = {
  name: "load-entry-events",
  text: /* sql */ `
with u as materialized (
  select profile_id, name, to_timestamp(received_at) as received_at, id
  from unnest($2::uuid[], $3::text[], $4::float8[], $5::uuid[]) as u (profile_id, name, received_at, id)
)
select e.id, e.occurred_at, e.payload -> 'properties' as properties
from u cross join lateral (
  select id, occurred_at, payload from events where workspace_id = $1 and profile_id = u.profile_id
    and name = u.name and received_at = u.received_at and id = u.id offset 0
) e`,
};
