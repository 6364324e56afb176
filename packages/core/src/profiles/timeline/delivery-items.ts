import type { DeliveryRow } from "../../deliveries/delivery-row.ts";
import { deliveryColumns, toDeliverySummary } from "../../deliveries/delivery-row.ts";
import { quoted } from "../../listing/words.ts";
import type { Tx } from "../../store/transaction.ts";
import type { TimelineItem } from "./item.ts";
import type { Position, SourceQuery } from "./position.ts";
import { isBefore, phases, sourceValues } from "./position.ts";

interface Row extends DeliveryRow {
  key: string;
  journey_key: string;
  journey_name: string;
}

/** Deliveries where they were planned, each with what became of it. */
export async function loadDeliveryItems(
  tx: Tx,
  query: SourceQuery,
): Promise<(TimelineItem & { position: Position })[]> {
  const rows = await tx.rows<Row>(sql, sourceValues(tx, query));
  return rows.map((row) => {
    const delivery = toDeliverySummary(row);
    return {
      position: { at: row.planned_at, phase: phases.run, key: row.key },
      at: row.planned_at,
      says: `Journey ${quoted(row.journey_name)}: ${delivery.says}`,
      kind: "delivery",
      journey: { id: row.journey_id, key: row.journey_key, name: row.journey_name, version: row.version },
      delivery,
    };
  });
}

const key = "d.run_id::text || '/' || lpad(d.seq::text, 10, '0') || '/1'";

const sql = /* sql */ `
select ${key} as key, j.key as journey_key, j.name as journey_name, ${deliveryColumns.replaceAll(/\w+/g, "d.$&")}
from deliveries d
join journeys j on j.workspace_id = $1 and j.id = d.journey_id
where d.workspace_id = $1 and d.profile_id = $2 and ${isBefore("d.planned_at", phases.run, `(${key})`)}
order by d.planned_at desc, key collate "C" desc limit $6`;
