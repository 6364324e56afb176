import type { JsonObject } from "@wend/journey";
import type { Tx } from "../store/transaction.ts";

/** A row of the inbox, with the event it stands for. */
export interface InboxRow {
  readonly id: string;
  readonly receivedAt: number;
  readonly profileId: string;
  readonly kind: "event" | "outcome" | "profile" | "retry";
  readonly name: string;
  readonly runId: string | null;
  readonly detail: JsonObject | null;
  readonly eventKind: string | null;
  readonly occurredAt: number | null;
  readonly payload: EventPayload | null;
}

export interface EventPayload {
  readonly properties?: JsonObject;
  readonly traits?: JsonObject;
  readonly context?: JsonObject;
}

export interface DueTimer {
  readonly dueAt: number;
  readonly runId: string;
  readonly profileId: string;
}

/** What one batch works on, and how far its timers may go. */
export interface Batch {
  readonly rows: readonly InboxRow[];
  readonly timers: readonly DueTimer[];
  /** Whether something of the shard was left for the next batch. */
  readonly more: boolean;
  /** Whether a run's timer due at `dueAt` fires in this batch. */
  fires(runId: string, dueAt: number): boolean;
}

export interface TakeLimits {
  readonly rows: number;
  readonly timers: number;
  /** Timers due up to here may fire. */
  readonly dueUntil: number;
}

/**
 * Takes the oldest rows and due timers of a shard without crossing time: no timer fires before a row left
 * behind that is older or of the same instant, no row is taken that is younger than a timer left behind.
 */
export async function take(tx: Tx, shard: number, limits: TakeLimits): Promise<Batch> {
  const [rows, timers] = await Promise.all([takeRows(tx, shard, limits.rows + 1), takeTimers(tx, shard, limits)]);
  return cutAtHorizon(rows, timers, limits);
}

/** Takes only the first in time, a row or a timer: what is left to do with a batch that fails whatever its size. */
export async function takeHead(tx: Tx, shard: number, dueUntil: number): Promise<Batch> {
  const one = { rows: 1, timers: 1, dueUntil };
  const [rows, timers] = await Promise.all([takeRows(tx, shard, 2), takeTimers(tx, shard, one)]);
  const row = cutAtHorizon(rows, timers, { rows: 1, timers: 0, dueUntil });
  return row.rows.length > 0 ? row : cutAtHorizon(rows, timers, { rows: 0, timers: 1, dueUntil });
}

/** The pure part of {@link take}: `rows` and `timers` hold one more than the limit when there is more. */
export function cutAtHorizon(found: readonly InboxRow[], due: readonly DueTimer[], limits: TakeLimits): Batch {
  const timerLeft = due.length > limits.timers ? due[limits.timers]!.dueAt : Number.POSITIVE_INFINITY;
  let count = Math.min(found.length, limits.rows);
  while (count > 0 && found[count - 1]!.receivedAt > timerLeft) count--;
  const rowLeft = count < found.length ? found[count]!.receivedAt : Number.POSITIVE_INFINITY;
  const timers = due.slice(0, limits.timers).filter((timer) => timer.dueAt < rowLeft);
  const taken = new Map(timers.map((timer) => [timer.runId, timer.dueAt]));
  return {
    rows: found.slice(0, count),
    timers,
    more: count < found.length || timers.length < due.length,
    fires: (runId, dueAt) =>
      dueAt <= limits.dueUntil && dueAt < rowLeft && (dueAt < timerLeft || taken.get(runId) === dueAt),
  };
}

// Columns carry the names of the fields: a row of the driver is the row of the batch, built once.
function takeRows(tx: Tx, shard: number, limit: number): Promise<InboxRow[]> {
  return tx.rows<InboxRow>(takeRowsSql, [tx.workspaceId, shard, limit]);
}

function takeTimers(tx: Tx, shard: number, limits: TakeLimits): Promise<DueTimer[]> {
  return tx.rows<DueTimer>(takeTimersSql, [tx.workspaceId, shard, limits.dueUntil, limits.timers + 1]);
}

const takeRowsSql = {
  name: "take-rows",
  text: /* sql */ `
select i.id, i.received_at as "receivedAt", i.profile_id as "profileId", i.kind, i.name, i.run_id as "runId",
  i.detail, e.kind as "eventKind", e.occurred_at as "occurredAt", e.payload
from (
  select * from inbox where workspace_id = $1 and shard = $2 order by received_at, id limit $3
) i
left join events e on i.kind = 'event' and e.workspace_id = $1 and e.profile_id = i.profile_id
  and e.name = i.name and e.received_at = i.received_at and e.id = i.id
order by i.received_at, i.id`,
};

const takeTimersSql = {
  name: "take-timers",
  text: /* sql */ `
select due_at as "dueAt", run_id as "runId", profile_id as "profileId" from timers
where workspace_id = $1 and shard = $2 and due_at <= to_timestamp($3 / 1000e0)
order by due_at, run_id limit $4`,
};
