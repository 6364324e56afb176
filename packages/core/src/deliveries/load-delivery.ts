import type { GateCheck, JsonObject } from "@wend/journey";
import { WendError } from "@wend/plugin";
import type { RouteMode } from "../routes/route.ts";
import type { Tx } from "../store/transaction.ts";
import type { DeliveryRow } from "./delivery-row.ts";
import { deliveryColumns, toDeliverySummary } from "./delivery-row.ts";
import type { Attempt, DeliveryDetail, Verdict } from "./delivery-view.ts";

/** Attempts that one answer holds; no retry policy makes as many. */
const ATTEMPT_LIMIT = 100;
/** Verdicts that one answer holds. */
const VERDICT_LIMIT = 100;

interface Row extends DeliveryRow {
  connection_key: string | null;
  plugin: string | null;
  route_key: string | null;
  route_mode: RouteMode | null;
  address: string | null;
  input: JsonObject;
  checks: GateCheck[];
  awaited: boolean;
  ambiguous: boolean;
  first_call_at: number | null;
}

/** The delivery of that id with the gate's checks and every call; throws `delivery.not_found`. */
export async function loadDelivery(tx: Tx, id: string): Promise<DeliveryDetail> {
  const [row] = await tx.rows<Row>(sql, [tx.workspaceId, id]);
  if (!row) throw new WendError("delivery.not_found", { pointer: "/id" });
  return {
    ...toDeliverySummary(row),
    connection: row.connection_key === null ? null : { key: row.connection_key, plugin: row.plugin! },
    route: row.route_key === null ? null : { key: row.route_key, mode: row.route_mode! },
    address: row.address,
    input: row.input,
    checks: row.checks,
    awaited: row.awaited,
    ambiguous: row.ambiguous,
    firstCallAt: row.first_call_at,
    idempotencyKey: `${row.run_id}:${row.seq}`,
    attempts: await loadAttempts(tx, row),
    verdicts: await loadVerdicts(tx, id),
  };
}

const sql = /* sql */ `
select ${deliveryColumns.replaceAll(/\w+/g, "d.$&")}, d.address, d.input, d.checks, d.awaited, d.ambiguous,
  d.first_call_at, c.key as connection_key, c.plugin, r.key as route_key, r.mode as route_mode
from deliveries d
left join connections c on c.workspace_id = $1 and c.id = d.connection_id
left join routes r on r.workspace_id = $1 and r.id = d.route_id
where d.workspace_id = $1 and d.id = $2`;

interface AttemptRow {
  attempt: number;
  connection_id: string | null;
  started_at: number;
  ended_at: number;
  outcome: string;
  code: string | null;
  detail: string | null;
}

// A call without a connection of its own was made by the one that the delivery has now.
async function loadAttempts(tx: Tx, { id, connection_id }: Row): Promise<Attempt[]> {
  const rows = await tx.rows<AttemptRow>(
    `select attempt, connection_id, started_at, ended_at, outcome, code, detail from attempts
     where workspace_id = $1 and delivery_id = $2 order by attempt limit $3`,
    [tx.workspaceId, id, ATTEMPT_LIMIT],
  );
  return rows.map((row) => ({
    attempt: row.attempt,
    connectionId: row.connection_id ?? connection_id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.outcome,
    code: row.code,
    detail: row.detail,
  }));
}

function loadVerdicts(tx: Tx, deliveryId: string): Promise<Verdict[]> {
  return tx.rows(
    `select verdict, at, actor from delivery_verdicts
     where workspace_id = $1 and delivery_id = $2 order by claim limit $3`,
    [tx.workspaceId, deliveryId, VERDICT_LIMIT],
  );
}
