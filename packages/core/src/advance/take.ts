import type { JsonObject } from "@wend/journey";
import { plainArray } from "../store/arrays.ts";
import type { OpeningTx } from "../store/transaction.ts";

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

/** Takes only the first in time, a row or a timer: what is left to do with a batch that fails whatever its size. */
export function takeHead({ rows, timers }: Found, dueUntil: number): Batch {
  const row = cutAtHorizon(rows, timers, { rows: 1, timers: 0, dueUntil });
  return row.rows.length > 0 ? row : cutAtHorizon(rows, timers, { rows: 0, timers: 1, dueUntil });
}

/** What is due of a shard, in order of time, and one of each more than a batch may have. */
export interface Found {
  readonly rows: readonly InboxRow[];
  readonly timers: readonly DueTimer[];
}

export interface FindLimits {
  /** Most rows, and as many timers, by the shard's attempts; the last for all above. */
  readonly byAttempts: readonly number[];
  /** How long past its due time a timer fires. */
  readonly graceMs: number;
}

/** Asked before anything is known of the shard: the number of rows to read follows from its attempts, and from them only. */
export async function findDue(tx: OpeningTx, shard: number, { byAttempts, graceMs }: FindLimits): Promise<Found> {
  const limits = plainArray(byAttempts.map((limit) => limit + 1));
  const [rows, timers] = await Promise.all([
    tx.rows<InboxRow>(findRowsSql, [tx.workspaceId, shard, limits]),
    tx.rows<DueTimer>(findTimersSql, [tx.workspaceId, shard, limits, graceMs]),
  ]);
  return { rows, timers };
}

/**
 * Takes the oldest rows and due timers of a shard without crossing time: no timer fires before a row left
 * behind that is older or of the same instant, no row is taken that is younger than a timer left behind. Of both there
 * is one more than the limit when there is more.
 */
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

const limit =
  "(select ($3::int[])[least(batch_attempts + 1, cardinality($3))] from shards where workspace_id = $1 and n = $2)";

// Columns carry the names of the fields: a row of the driver is the row of the batch, built once.
const findRowsSql = {
  name: "find-rows",
  text: /* sql */ `
select i.id, i.received_at as "receivedAt", i.profile_id as "profileId", i.kind, i.name, i.run_id as "runId",
  i.detail, e.kind as "eventKind", e.occurred_at as "occurredAt", e.payload
from (
  select * from inbox where workspace_id = $1 and shard = $2 order by received_at, id limit ${limit}
) i
left join events e on i.kind = 'event' and e.workspace_id = $1 and e.profile_id = i.profile_id
  and e.name = i.name and e.received_at = i.received_at and e.id = i.id
order by i.received_at, i.id`,
};

const findTimersSql = {
  name: "find-timers",
  text: /* sql */ `
select due_at as "dueAt", run_id as "runId", profile_id as "profileId" from timers
where workspace_id = $1 and shard = $2
  and due_at <= to_timestamp((current_setting('wend.now')::float8 - $4) / 1000e0)
order by due_at, run_id limit ${limit}`,
};
