import type { OpeningTx, Tx } from "../store/transaction.ts";
import type { ShardId } from "./advance-batch.ts";

/** A shard held until the transaction ends. */
export interface HeldShard {
  readonly workspaceId: number;
  readonly shard: number;
  /** Batches begun and not committed since the last success, this one included. */
  readonly attempts: number;
}

/**
 * Counts an attempt in a commit of its own, ahead of the batch: a batch that kills its process leaves a trace.
 * The lock follows in the same message, or whoever is woken in between would count too, and a shard that many are woken
 * for would look like one whose batches kill. Not synced to disk, since only the death of this process matters. Counts
 * nothing where another worker holds the shard.
 */
export const beginAttempt = ({ workspaceId, shard }: ShardId) => ({
  statement: beginAttemptSql,
  values: [workspaceId, shard],
});

/**
 * Takes an attempt back that ended in a passing fault of the database: this process lives, so the rows are not to blame.
 * Whoever holds the shard by now settles its attempts, and is not waited for: it may have been stopped.
 */
export async function takeBackAttempt(tx: Tx, shard: number): Promise<void> {
  await tx.run(
    `with free as (select n from shards where workspace_id = $1 and n = $2 for no key update skip locked)
     update shards set batch_attempts = greatest(batch_attempts - 1, 0)
     from free where shards.workspace_id = $1 and shards.n = free.n`,
    [tx.workspaceId, shard],
  );
}

/** Locks the shard's row, which is the real lock; undefined when another worker holds it. */
export async function lockShard(tx: OpeningTx, shard: number): Promise<HeldShard | undefined> {
  const [row] = await tx.rows<{ batch_attempts: number }>(lockShardSql, [tx.workspaceId, shard]);
  return row && { workspaceId: tx.workspaceId, shard, attempts: row.batch_attempts };
}

/** Says how many attempts stand after this batch. */
export async function settleAttempts(tx: Tx, shard: number, attempts: number): Promise<void> {
  await tx.run(settleAttemptsSql, [tx.workspaceId, shard, attempts]);
}

const beginAttemptSql = {
  name: "begin-attempt",
  text: /* sql */ `
with off as materialized (select set_config('synchronous_commit', 'off', true)),
free as (
  select n from shards, off where workspace_id = $1 and n = $2 for no key update of shards skip locked
)
update shards set batch_attempts = least(batch_attempts + 1, 100)
from free where shards.workspace_id = $1 and shards.n = free.n`,
};

const lockShardSql = {
  name: "lock-shard",
  text: /* sql */ `
select batch_attempts from shards where workspace_id = $1 and n = $2 for no key update skip locked`,
};

const settleAttemptsSql = {
  name: "settle-attempts",
  text: /* sql */ `
update shards set batch_attempts = $3 where workspace_id = $1 and n = $2`,
};
