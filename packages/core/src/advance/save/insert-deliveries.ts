import { jsonArray, plainArray, textArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { DeliveryRow } from "../changes.ts";

/** Writes deliveries: queued, or suppressed with the reason. A queued one is due at once. */
export function insertDeliveries(tx: Tx, rows: readonly DeliveryRow[]): Promise<number> {
  const planned = rows.map((row) => row.planned);
  const routed = rows.some(({ way }) => way.routeId !== null);
  return tx.run(routed ? insertRouted : insertDirect, [
    tx.workspaceId,
    plainArray(rows.map((row) => row.id)),
    plainArray(rows.map((row) => row.run.id)),
    plainArray(planned.map((delivery) => delivery.seq)),
    plainArray(rows.map((row) => row.run.journeyId)),
    plainArray(rows.map((row) => row.run.version)),
    textArray(planned.map((delivery) => delivery.nodeId)),
    plainArray(rows.map((row) => row.run.profileId)),
    plainArray(rows.map(({ way }) => way.connectionId)),
    textArray(planned.map((delivery) => delivery.action)),
    textArray(planned.map((delivery) => delivery.channel)),
    textArray(planned.map((delivery) => delivery.purpose)),
    textArray(planned.map((delivery) => delivery.topic)),
    textArray(planned.map((delivery) => delivery.address)),
    jsonArray(planned.map((delivery) => delivery.input)),
    plainArray(planned.map((delivery) => (delivery.state === "planned" ? "queued" : "suppressed"))),
    textArray(planned.map((delivery) => delivery.reason)),
    jsonArray(planned.map((delivery) => delivery.checks)),
    plainArray(planned.map((delivery) => delivery.awaited)),
    timeArray(rows.map((row) => row.at)),
    ...(routed ? [plainArray(rows.map(({ way }) => way.routeId))] : []),
  ]);
}

const textOf = ({ array, column }: { array: string; column: string }): string => /* sql */ `
insert into deliveries (workspace_id, id, run_id, seq, journey_id, version, node_id, profile_id, connection_id,
  action, channel, purpose, topic, address, input, state, reason, checks, awaited, due_at, planned_at, settled_at${column})
select $1, id, run_id, seq, journey_id, version, node_id, profile_id, connection_id, action, channel, purpose,
  topic, address, input, state, reason, checks, awaited, case when state = 'queued' then to_timestamp(at) end,
  to_timestamp(at), case when state <> 'queued' then to_timestamp(at) end${column}
from unnest($2::uuid[], $3::uuid[], $4::int[], $5::uuid[], $6::int[], $7::text[], $8::uuid[], $9::uuid[],
  $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::jsonb[], $16::text[], $17::text[],
  $18::jsonb[], $19::boolean[], $20::float8[]${array})
as u (id, run_id, seq, journey_id, version, node_id, profile_id, connection_id, action, channel, purpose, topic,
  address, input, state, reason, checks, awaited, at${column})`;

const insertDirect = { name: "insert-deliveries", text: textOf({ array: "", column: "" }) };

// A workspace without routes pays for none.
const insertRouted = {
  name: "insert-routed-deliveries",
  text: textOf({ array: ", $21::uuid[]", column: ", route_id" }),
};
