import type { JsonObject } from "@wend/journey";
import type { Tx } from "../../store/transaction.ts";
import { explainRefusal } from "../explain-refusal.ts";
import type { TimelineItem } from "./item.ts";
import type { Position, SourceQuery } from "./position.ts";
import { isBefore, phases, sourceValues } from "./position.ts";

interface Row {
  key: string;
  journey_id: string;
  journey_key: string;
  journey_name: string;
  version: number;
  event_id: string;
  at: number;
  reason: string;
  detail: JsonObject | null;
}

/** Entries that were refused although the trigger matched. */
export async function loadRefusalItems(tx: Tx, query: SourceQuery): Promise<(TimelineItem & { position: Position })[]> {
  const rows = await tx.rows<Row>(sql, sourceValues(tx, query));
  return rows.map((row) => ({
    position: { at: row.at, phase: phases.refused, key: row.key },
    at: row.at,
    says: explainRefusal({ journey: row.journey_name, reason: row.reason, detail: row.detail }),
    kind: "refused",
    journey: { id: row.journey_id, key: row.journey_key, name: row.journey_name, version: row.version },
    refusal: { eventId: row.event_id, reason: row.reason, detail: row.detail },
  }));
}

const key = "r.event_id::text || '/' || r.journey_id::text";

const sql = /* sql */ `
select ${key} as key, r.journey_id, j.key as journey_key, j.name as journey_name, r.version, r.event_id, r.at,
  r.reason, r.detail
from refused_entries r
join journeys j on j.workspace_id = $1 and j.id = r.journey_id
where r.workspace_id = $1 and r.profile_id = $2 and ${isBefore("r.at", phases.refused, `(${key})`)}
order by r.at desc, key collate "C" desc limit $6`;
