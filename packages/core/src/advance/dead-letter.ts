import { timerGraceMs } from "../clock.ts";
import type { Runtime } from "../runtime.ts";
import { jsonArray, plainArray } from "../store/arrays.ts";
import { codeOf } from "../store/failures.ts";
import type { Tx } from "../store/transaction.ts";
import { inWorkspace } from "../store/transaction.ts";
import type { ShardId } from "./advance-batch.ts";
import { lockShard, settleAttempts } from "./lock-shard.ts";
import { deleteRows } from "./save/delete-rows.ts";
import { deleteTimers } from "./save/save-timers.ts";
import type { Batch, DueTimer, InboxRow } from "./take.ts";
import { findDue, takeHead } from "./take.ts";

interface Failure {
  readonly cause: unknown;
  /** Id of the row, or of the timer's run, that was alone in its batch. */
  readonly culprit?: string | undefined;
}

/** Takes the head of a shard out in a transaction of its own, unless another worker holds the shard. */
export function deadLetterHead(
  runtime: Runtime,
  { workspaceId, shard }: ShardId,
  { cause, culprit }: Failure,
): Promise<void> {
  return inWorkspace(runtime.store, workspaceId, async (tx) => {
    if (!(await lockShard(tx, shard))) return;
    const graceMs = timerGraceMs(runtime.store.clock);
    const head = takeHead(await findDue(tx, shard, { byAttempts: [1], graceMs }), tx.now - graceMs);
    // An older row may have been committed since: it has done nothing yet.
    if (culprit !== undefined && culprit !== (head.rows[0]?.id ?? head.timers[0]?.runId)) return;
    await takeOutHead(runtime, tx, { shard, head, cause });
  });
}

interface Condemned {
  readonly shard: number;
  /** A row or a timer; neither when it has gone meanwhile. */
  readonly head: Pick<Batch, "rows" | "timers">;
  readonly cause: unknown;
}

/**
 * Takes the head of a shard out: an inbox row becomes a dead letter, a timer parks its run. Only for an error
 * outside any run; one inside a run parks that run and never comes here.
 */
export async function takeOutHead(runtime: Runtime, tx: Tx, { shard, head, cause }: Condemned): Promise<void> {
  const { workspaceId } = tx;
  const { rows, timers } = head;
  const fault = {
    code: codeOf(cause) ?? "internal.unexpected",
    detail: cause instanceof Error ? cause.message : String(cause),
  };
  if (rows[0]) {
    await insertDeadLetter(tx, shard, { row: rows[0], ...fault });
    await deleteRows(tx, shard, rows);
    runtime.log.error(
      { workspaceId, shard, rowId: rows[0].id, profileId: rows[0].profileId, err: cause },
      "row became a dead letter",
    );
  } else if (timers[0]) {
    await parkRun(tx, timers[0], fault);
    await deleteTimers(tx, shard, timers);
    runtime.log.error({ workspaceId, shard, runId: timers[0].runId, err: cause }, "run parked by its timer");
  }
  await settleAttempts(tx, shard, 0);
}

interface Fault {
  readonly code: string;
  readonly detail: string;
}

function insertDeadLetter(tx: Tx, shard: number, { row, code, detail }: Fault & { row: InboxRow }): Promise<number> {
  return tx.run(
    `insert into dead_letters (workspace_id, id, shard, profile_id, received_at, row, code, detail, died_at)
     values ($1, $2, $3, $4, to_timestamp($5 / 1000e0), $6, $7, $8, to_timestamp($9 / 1000e0))`,
    [tx.workspaceId, row.id, shard, row.profileId, row.receivedAt, JSON.stringify(row), code, detail, tx.now],
  );
}

function parkRun(tx: Tx, timer: DueTimer, fault: Fault): Promise<number> {
  return tx.run(
    `update runs r set status = 'failed', error = u.error || jsonb_build_object('nodeId', r.node_id)
     from unnest($2::uuid[], $3::jsonb[]) as u (id, error)
     where r.workspace_id = $1 and r.id = u.id and r.status = 'active'`,
    [tx.workspaceId, plainArray([timer.runId]), jsonArray([fault])],
  );
}
