import { quoted } from "../../listing/words.ts";
import type { Tx } from "../../store/transaction.ts";
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
  event_name: string;
  at: number;
}

/** Entries that a paused journey keeps. Once decided, the run or the refusal stands in their place. */
export async function loadHeldItems(tx: Tx, query: SourceQuery): Promise<(TimelineItem & { position: Position })[]> {
  const rows = await tx.rows<Row>(sql, sourceValues(tx, query));
  return rows.map((row) => ({
    position: { at: row.at, phase: phases.refused, key: row.key },
    at: row.at,
    says: `Journey ${quoted(row.journey_name)} is paused and keeps the entry by ${quoted(row.event_name)}: it is decided after the resume.`,
    kind: "held",
    journey: { id: row.journey_id, key: row.journey_key, name: row.journey_name, version: row.version },
    entry: { eventId: row.event_id, name: row.event_name },
  }));
}

const key = "h.event_id::text || '/' || h.journey_id::text";

const sql = /* sql */ `
select ${key} as key, h.journey_id, j.key as journey_key, j.name as journey_name, h.version, h.event_id,
  h.event_name, h.received_at as at
from held_entries h
join journeys j on j.workspace_id = $1 and j.id = h.journey_id
where h.workspace_id = $1 and h.profile_id = $2 and ${isBefore("h.received_at", phases.refused, `(${key})`)}
order by h.received_at desc, key collate "C" desc limit $6`;
