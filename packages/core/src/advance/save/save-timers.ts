import { plainArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";

export interface TimerRow {
  readonly dueAt: number;
  readonly runId: string;
  readonly profileId: string;
  readonly seq: number;
}

/** Sets timers. */
export function insertTimers(tx: Tx, shard: number, timers: readonly TimerRow[]): Promise<number> {
  return tx.run(
    `insert into timers (workspace_id, shard, due_at, run_id, seq, profile_id)
     select $1, $2, to_timestamp(due_at), run_id, seq, profile_id
     from unnest($3::float8[], $4::uuid[], $5::int[], $6::uuid[]) as u (due_at, run_id, seq, profile_id)`,
    [
      tx.workspaceId,
      shard,
      timeArray(timers.map((timer) => timer.dueAt)),
      plainArray(timers.map((timer) => timer.runId)),
      plainArray(timers.map((timer) => timer.seq)),
      plainArray(timers.map((timer) => timer.profileId)),
    ],
  );
}

/**
 * Removes timers that fired or whose run moved on, each by its whole key. Materialized, because row-level security
 * keeps a condition that calls a function out of the index, and `to_timestamp` is one.
 */
export function deleteTimers(
  tx: Tx,
  shard: number,
  timers: readonly Pick<TimerRow, "dueAt" | "runId">[],
): Promise<number> {
  return tx.run(
    `with u as materialized (
       select to_timestamp(due_at) as due_at, run_id from unnest($3::float8[], $4::uuid[]) as u (due_at, run_id)
     )
     delete from timers t using u
     where t.workspace_id = $1 and t.shard = $2 and t.due_at = u.due_at and t.run_id = u.run_id`,
    [
      tx.workspaceId,
      shard,
      timeArray(timers.map((timer) => timer.dueAt)),
      plainArray(timers.map((timer) => timer.runId)),
    ],
  );
}
