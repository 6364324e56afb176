import type { EventFact, JsonObject } from "@wend/journey";
import { plainArray, textArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { ProfileWork } from "../profile-work.ts";

export interface HistoryNeed {
  readonly names: readonly string[];
  /** Nothing older is read; 0 when a predicate has no window. */
  readonly since: number;
}

interface HistoryRow {
  profile_id: string;
  name: string;
  id: string;
  received_at: number;
  occurred_at: number;
  properties: JsonObject | null;
}

/** Fills in the events that history predicates of the versions in play may ask for, oldest first. */
export async function loadHistory(
  tx: Tx,
  profiles: ReadonlyMap<string, ProfileWork>,
  need: HistoryNeed,
): Promise<void> {
  const rows = await tx.rows<HistoryRow>(loadHistorySql, [
    tx.workspaceId,
    plainArray([...profiles.keys()]),
    textArray(need.names),
    need.since,
  ]);
  for (const row of rows) {
    const history = profiles.get(row.profile_id)!.history;
    const known = history.get(row.name);
    const event = toEvent(row);
    if (known) known.push(event);
    else history.set(row.name, [event]);
  }
}

const toEvent = (row: HistoryRow): EventFact => ({
  id: row.id,
  name: row.name,
  receivedAt: row.received_at,
  occurredAt: row.occurred_at,
  properties: row.properties ?? {},
});

const loadHistorySql = {
  name: "load-history",
  text: /* sql */ `
select e.profile_id, e.name, e.id, e.received_at, e.occurred_at, e.payload -> 'properties' as properties
from unnest($2::uuid[]) as u (id) cross join unnest($3::text[]) as n (name)
cross join lateral (
  select * from events
  where workspace_id = $1 and profile_id = u.id and name = n.name and received_at >= to_timestamp($4 / 1000e0)
  order by received_at, id offset 0
) e`,
};
