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
  return tx.run(insertTimersSql, [
    tx.workspaceId,
    shard,
    timeArray(timers.map((timer) => timer.dueAt)),
    plainArray(timers.map((timer) => timer.runId)),
    plainArray(timers.map((timer) => timer.seq)),
    plainArray(timers.map((timer) => timer.profileId)),
  ]);
}

/**
 * Removes timers that fired or whose run moved on, each by its whole key; the shard is held, so nobody else moves
 * them. The inner `offset 0` keeps `to_timestamp` apart: row-level security keeps a condition that calls a function
 * out of the index.
 */
export function deleteTimers(
  tx: Tx,
  shard: number,
  timers: readonly Pick<TimerRow, "dueAt" | "runId">[],
): Promise<number> {
  return tx.run(deleteTimersSql, [
    tx.workspaceId,
    shard,
    timeArray(timers.map((timer) => timer.dueAt)),
    plainArray(timers.map((timer) => timer.runId)),
  ]);
}

const insertTimersSql = {
  name: "insert-timers",
  text: /* sql */ `
insert into timers (workspace_id, shard, due_at, run_id, seq, profile_id)
select $1, $2, to_timestamp(due_at), run_id, seq, profile_id
from unnest($3::float8[], $4::uuid[], $5::int[], $6::uuid[]) as u (due_at, run_id, seq, profile_id)`,
};

const deleteTimersSql = {
  name: "delete-timers",
  text: /* sql */ `
delete from timers where workspace_id = $1 and ctid = any(array(
  select t.ctid
  from (
    select to_timestamp(due_at) as due_at, run_id from unnest($3::float8[], $4::uuid[]) as u (due_at, run_id) offset 0
  ) u
  cross join lateral (
    select ctid from timers where workspace_id = $1 and shard = $2 and due_at = u.due_at and run_id = u.run_id offset 0
  ) t
))`,
};
