import type { RunError } from "@wend/journey";
import { quoted } from "../../listing/words.ts";
import { explainEnd, explainFailure } from "../../runs/explain-run.ts";
import type { Tx } from "../../store/transaction.ts";
import type { RunEnd, TimelineFact, TimelineItem } from "./item.ts";
import type { Position, SourceQuery } from "./position.ts";
import { isBefore, phases, sourceValues } from "./position.ts";

interface Row {
  key: string;
  at: number;
  what: "entered" | "ended" | "failed";
  id: string;
  entry_key: string;
  journey_id: string;
  journey_key: string;
  journey_name: string;
  version: number;
  entry_id: string;
  entry_name: string;
  ended_by: RunEnd["by"] | null;
  outcome: string | null;
  goal_at: number | null;
  error: RunError | null;
}

/** When runs began, and when and why they ended or were parked. */
export async function loadRunItems(tx: Tx, query: SourceQuery): Promise<(TimelineItem & { position: Position })[]> {
  const rows = await tx.rows<Row>(sql, sourceValues(tx, query));
  return rows.map((row) => ({
    position: { at: row.at, phase: phases.run, key: row.key },
    at: row.at,
    says: `Journey ${quoted(row.journey_name)}: ${explain(row)}`,
    ...toFact(row),
  }));
}

function explain(row: Row): string {
  if (row.what === "ended") return explainEnd({ endedBy: row.ended_by, outcome: row.outcome });
  if (row.what === "failed") return explainFailure(row);
  return `It entered version ${row.version} because of ${quoted(row.entry_name)}.`;
}

function toFact(row: Row): TimelineFact {
  const journey = { id: row.journey_id, key: row.journey_key, name: row.journey_name, version: row.version };
  const run = { id: row.id, entryKey: row.entry_key };
  if (row.what === "failed") return { kind: "failed", journey, run, error: row.error };
  if (row.what === "entered") {
    return { kind: "entered", journey, run, entry: { eventId: row.entry_id, name: row.entry_name } };
  }
  const end = { by: row.ended_by ?? "end", outcome: row.outcome, goalAt: row.goal_at };
  return { kind: "ended", journey, run, end };
}

// The last part of a key orders what one visit brought: the step, its delivery, the end.
const sql = /* sql */ `
select f.key, f.at, f.what, r.id, r.entry_key, r.journey_id, j.key as journey_key, j.name as journey_name, r.version,
  r.entry_id, r.entry_name, r.ended_by, r.outcome, r.goal_at, r.error
from runs r
join journeys j on j.workspace_id = $1 and j.id = r.journey_id
cross join lateral (values
  ('entered', r.started_at, r.id::text || '/0000000000/0'),
  ('ended', case when r.status = 'ended' then r.ended_at end, r.id::text || '/' || lpad(r.seq::text, 10, '0') || '/2'),
  ('failed', case when r.status = 'failed' then r.since end, r.id::text || '/' || lpad(r.seq::text, 10, '0') || '/3')
) f (what, at, key)
where r.workspace_id = $1 and r.profile_id = $2 and ${isBefore("f.at", phases.run, "f.key")}
order by f.at desc, f.key collate "C" desc limit $6`;
