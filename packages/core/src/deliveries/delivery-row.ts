import type { Sandbox } from "../connections/delivery-settings.ts";
import type { DeliveryError, DeliveryState, DeliverySummary } from "./delivery-view.ts";
import { explainDelivery } from "./explain-delivery.ts";

export interface DeliveryRow {
  id: string;
  run_id: string;
  seq: number;
  journey_id: string;
  version: number;
  node_id: string;
  profile_id: string;
  connection_id: string | null;
  route_id: string | null;
  route_moves: number;
  action: string;
  channel: string;
  purpose: string;
  topic: string | null;
  state: DeliveryState;
  reason: string | null;
  attempt: number;
  sandbox: Sandbox | null;
  sandbox_attempt: number | null;
  due_at: number | null;
  planned_at: number;
  settled_at: number | null;
  provider_id: string | null;
  receipt: DeliverySummary["receipt"];
  receipt_at: number | null;
  error: DeliveryError | null;
}

export const deliveryColumns =
  "id, run_id, seq, journey_id, version, node_id, profile_id, connection_id, route_id, route_moves, action, channel, " +
  "purpose, topic, state, reason, attempt, due_at, planned_at, settled_at, provider_id, receipt, receipt_at, error, " +
  "sandbox, sandbox_attempt";

export function toDeliverySummary(row: DeliveryRow): DeliverySummary {
  const delivery = {
    id: row.id,
    runId: row.run_id,
    seq: row.seq,
    journeyId: row.journey_id,
    version: row.version,
    nodeId: row.node_id,
    profileId: row.profile_id,
    connectionId: row.connection_id,
    routeId: row.route_id,
    moves: row.route_moves,
    action: row.action,
    channel: row.channel,
    purpose: row.purpose,
    topic: row.topic,
    state: row.state,
    reason: row.reason,
    attempt: row.attempt,
    sandbox: row.sandbox_attempt === row.attempt ? row.sandbox : null,
    dueAt: row.due_at,
    plannedAt: row.planned_at,
    settledAt: row.settled_at,
    providerId: row.provider_id,
    receipt: row.receipt,
    receiptAt: row.receipt_at,
    error: errorOf(row),
  };
  return { ...delivery, says: explainDelivery(delivery) };
}

// The send gate knows reasons and no codes; the one that has a code is told by it, so that its fix is found.
function errorOf({ error, state, reason }: DeliveryRow): DeliverySummary["error"] {
  if (error) return { code: error.code, detail: error.detail ?? null };
  return state === "suppressed" && reason === "invalid_address" ? { code: "address.invalid", detail: null } : null;
}
