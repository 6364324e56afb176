import { quoted } from "../../listing/words.ts";
import type { StepRow } from "../../runs/load-steps.ts";
import { toStepView } from "../../runs/load-steps.ts";
import type { Tx } from "../../store/transaction.ts";
import type { TimelineItem } from "./item.ts";
import type { Position, SourceQuery } from "./position.ts";
import { isBefore, phases, sourceValues } from "./position.ts";

interface Row extends StepRow {
  key: string;
  run_id: string;
  entry_key: string;
  journey_id: string;
  journey_key: string;
  journey_name: string;
  version: number;
}

/** Completed visits of the profile's runs, with the branch taken and what decided it. */
export async function loadStepItems(tx: Tx, query: SourceQuery): Promise<(TimelineItem & { position: Position })[]> {
  const rows = await tx.rows<Row>(sql, sourceValues(tx, query));
  return rows.map((row) => {
    const step = toStepView(row);
    return {
      position: { at: row.left_at, phase: phases.run, key: row.key },
      at: row.left_at,
      says: `Journey ${quoted(row.journey_name)}: ${step.says}`,
      kind: "step",
      journey: { id: row.journey_id, key: row.journey_key, name: row.journey_name, version: row.version },
      run: { id: row.run_id, entryKey: row.entry_key },
      step,
    };
  });
}

const key = "s.run_id::text || '/' || lpad(s.seq::text, 10, '0') || '/0'";

const sql = /* sql */ `
select ${key} as key, s.run_id, r.entry_key, r.journey_id, j.key as journey_key, j.name as journey_name, r.version,
  s.seq, s.node_id, s.type, s.entered_at, s.left_at, s.outcome, s.detail
from runs r
join journeys j on j.workspace_id = $1 and j.id = r.journey_id
join steps s on s.workspace_id = $1 and s.run_id = r.id
where r.workspace_id = $1 and r.profile_id = $2 and ${isBefore("s.left_at", phases.run, `(${key})`)}
order by s.left_at desc, key collate "C" desc limit $6`;
