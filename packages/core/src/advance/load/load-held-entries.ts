import type { JsonObject } from "@wend/journey";
import { plainArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { ProfileWork } from "../profile-work.ts";

interface HeldEntryRow {
  profile_id: string;
  journey_id: string;
  version: number;
  run_id: string;
  event_id: string;
  event_name: string;
  received_at: number;
  occurred_at: number | null;
  properties: JsonObject | null;
}

/** Fills in the entries that a pause kept, in order of their events. */
export async function loadHeldEntries(tx: Tx, profiles: ReadonlyMap<string, ProfileWork>): Promise<void> {
  const rows = await tx.rows<HeldEntryRow>(loadHeldEntriesSql, [tx.workspaceId, plainArray([...profiles.keys()])]);
  for (const row of rows) {
    profiles.get(row.profile_id)!.heldEntries.push({
      profileId: row.profile_id,
      journeyId: row.journey_id,
      version: row.version,
      runId: row.run_id,
      event: {
        id: row.event_id,
        name: row.event_name,
        receivedAt: row.received_at,
        occurredAt: row.occurred_at ?? row.received_at,
        properties: row.properties ?? {},
      },
    });
  }
}

const loadHeldEntriesSql = {
  name: "load-held-entries",
  text: /* sql */ `
select h.profile_id, h.journey_id, h.version, h.run_id, h.event_id, h.event_name, h.received_at,
  e.occurred_at, e.payload -> 'properties' as properties
from unnest($2::uuid[]) as u (id)
cross join lateral (select * from held_entries where workspace_id = $1 and profile_id = u.id offset 0) h
left join lateral (
  select occurred_at, payload from events where workspace_id = $1 and profile_id = h.profile_id
    and name = h.event_name and received_at = h.received_at and id = h.event_id offset 0
) e on true
order by h.received_at, h.event_id, h.journey_id`,
};
