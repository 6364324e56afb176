import type { Store } from "../store/connect.ts";
import type { Tx } from "../store/transaction.ts";
import { inWorkspace } from "../store/transaction.ts";
import type { Retention } from "./retention.ts";

export interface SweepReport {
  readonly messageIds: number;
  readonly attempts: number;
  readonly nonces: number;
}

/** Rows of one transaction: short enough that nobody waits for it. */
const batchRows = 2_000;

export interface SweepOptions {
  readonly retention: Retention;
  /** Stops between two batches. */
  readonly signal?: AbortSignal;
}

/** Deletes what has outlived its retention, batch by batch. */
export async function sweepWorkspace(store: Store, workspaceId: number, options: SweepOptions): Promise<SweepReport> {
  const sweep = async (deleteBatch: (tx: Tx) => Promise<number>): Promise<number> => {
    let deleted = 0;
    for (let last = batchRows; last === batchRows && !options.signal?.aborted; deleted += last) {
      last = await inWorkspace(store, workspaceId, deleteBatch);
    }
    return deleted;
  };
  const { messageIdsMs, attemptsMs, noncesMs, untimedNoncesMs } = options.retention;
  return {
    messageIds: await sweep((tx) => deleteMessageIds(tx, tx.now - messageIdsMs)),
    attempts: await sweep((tx) => deleteAttempts(tx, tx.now - attemptsMs)),
    nonces:
      (await sweep((tx) => deleteNonces(tx, tx.now - noncesMs))) +
      (await sweep((tx) => deleteUntimedNonces(tx, tx.now - untimedNoncesMs))),
  };
}

// Two that sweep at the same time take different rows.
const deleteOlder =
  (table: "message_ids" | "webhook_nonces" | "untimed_webhook_nonces", column: string) => (tx: Tx, before: number) =>
    tx.run(
      `delete from ${table} where workspace_id = $1 and ctid = any(array(
       select ctid from ${table} where workspace_id = $1 and ${column} < to_timestamp($2::float8 / 1000)
       limit $3 for update skip locked
     ))`,
      [tx.workspaceId, before, batchRows],
    );

const deleteMessageIds = deleteOlder("message_ids", "received_at");
const deleteNonces = deleteOlder("webhook_nonces", "at");
const deleteUntimedNonces = deleteOlder("untimed_webhook_nonces", "at");

// A delivery's id begins with the time it was planned, so the key finds old ones without an index on time.
const deleteAttempts = (tx: Tx, before: number): Promise<number> =>
  tx.run(
    `delete from attempts where workspace_id = $1 and ctid = any(array(
       select ctid from attempts
       where workspace_id = $1 and delivery_id < $2 and ended_at < to_timestamp($3::float8 / 1000)
       limit $4 for update skip locked
     ))`,
    [tx.workspaceId, firstIdAt(before), before, batchRows],
  );

/** The smallest UUIDv7 of an instant. */
export function firstIdAt(instant: number): string {
  const time = Math.max(0, Math.floor(instant)).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}
