import type { JsonObject } from "@wend/journey";
import { consentName } from "../../accept/consent/append-consent-events.ts";
import { identifyName } from "../../accept/event.ts";
import { quoted } from "../../listing/words.ts";
import type { Tx } from "../../store/transaction.ts";
import type { TimelineItem } from "./item.ts";
import type { Position, SourceQuery } from "./position.ts";
import { isBefore, phases, sourceValues } from "./position.ts";

interface Row {
  id: string;
  name: string;
  kind: string;
  received_at: number;
  occurred_at: number;
  message_id: string;
  payload: { properties?: JsonObject; traits?: JsonObject };
}

/** The profile's events. Changes of consent have their own items. */
export async function loadEventItems(tx: Tx, query: SourceQuery): Promise<(TimelineItem & { position: Position })[]> {
  const rows = await tx.rows<Row>(sql, sourceValues(tx, query));
  return rows.map((row) => ({
    position: { at: row.received_at, phase: phases.event, key: row.id },
    at: row.received_at,
    says: explainEvent(row),
    kind: "event",
    event: {
      id: row.id,
      name: row.name,
      kind: row.kind,
      occurredAt: row.occurred_at,
      messageId: row.message_id,
      properties: row.payload.properties ?? null,
      traits: row.payload.traits ?? null,
    },
  }));
}

function explainEvent({ name, kind, payload }: Row): string {
  if (kind === "receipt") return explainReceipt(name, payload.properties ?? {});
  if (name !== identifyName) return `${quoted(name)} was received.`;
  const traits = Object.keys(payload.traits ?? {});
  return traits.length === 0 ? "It was identified." : `Its traits were set: ${traits.join(", ")}.`;
}

// `$opened` of the e-mail delivery of a node; what is said of an address names no node.
function explainReceipt(name: string, { channel, nodeId }: JsonObject): string {
  const subject = typeof nodeId === "string" ? `the ${String(channel)} delivery of ${quoted(nodeId)}` : "its address";
  return `The provider said of ${subject}: ${name.slice(1)}.`;
}

// Events are kept by name, so the newest of all are found name by name: a loose scan over the names, a few rows of each.
// That costs names times limit, however many events there are.
const sql = /* sql */ `
with recursive names as (
  (select name from events where workspace_id = $1 and profile_id = $2 order by name limit 1)
  union all
  select (select e.name from events e where e.workspace_id = $1 and e.profile_id = $2 and e.name > n.name
    order by e.name limit 1)
  from names n where n.name is not null
)
select e.id, e.name, e.kind, e.received_at, e.occurred_at, e.message_id, e.payload
from names n
cross join lateral (
  select * from events
  where workspace_id = $1 and profile_id = $2 and name = n.name and ${isBefore("received_at", phases.event, "id::text")}
  order by received_at desc, id desc limit $6
) e
where n.name <> '${consentName}'
order by e.received_at desc, e.id desc limit $6`;
