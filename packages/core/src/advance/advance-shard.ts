import { WendError } from "@wend/plugin";
import type { Runtime } from "../runtime.ts";
import { isRetryable, toStoreError } from "../store/failures.ts";
import { inBusyWorkspace } from "../store/transaction.ts";
import type { BatchOptions, BatchReport, ShardId } from "./advance-batch.ts";
import { advanceBatch } from "./advance-batch.ts";
import { deadLetterHead } from "./dead-letter.ts";
import { BATCH_LIMIT, isSuspect } from "./isolation.ts";
import { takeBackAttempt } from "./lock-shard.ts";
import type { Batch } from "./take.ts";

/** What one wake of a shard achieved. */
export interface AdvanceReport {
  readonly rows: number;
  readonly timers: number;
  readonly steps: number;
  readonly batches: number;
}

/** A wake gives the shard back after so long, so that one busy shard does not starve the others. */
const WAKE_BUDGET_MS = 2_000;
/** A worker that finds the shard taken looks again after so long: the holder may be done at once, or be stopped. */
const TAKEN_PAUSE_MS = 200;

/**
 * Advances a shard batch by batch until nothing is due or its time is up, and dispatches the deliveries of each
 * batch after its commit. When anything is left, the shard is woken again.
 */
export async function advanceShard(runtime: Runtime, id: ShardId): Promise<AdvanceReport> {
  try {
    return await advanceBatches(runtime, id);
  } catch (error) {
    await takeBack(runtime, id);
    throw error;
  }
}

// When not even that can be written, nothing can, and the shard is not advanced until it can.
async function takeBack(runtime: Runtime, id: ShardId): Promise<void> {
  try {
    await inBusyWorkspace(runtime.store, id.workspaceId, (tx) => takeBackAttempt(tx, id.shard));
  } catch (error) {
    runtime.log.warn({ ...id, err: error }, "attempt not taken back");
  }
}

async function advanceBatches(runtime: Runtime, id: ShardId): Promise<AdvanceReport> {
  const report = { rows: 0, timers: 0, steps: 0, batches: 0 };
  const until = performance.now() + WAKE_BUDGET_MS;
  let next: Next = { begins: true };
  for (;;) {
    const goesOn = performance.now() <= until;
    const batch = await advanceOrHalve(runtime, id, { ...next, goesOn });
    await dispatchAll(runtime, id.workspaceId, batch);
    report.rows += batch.rows;
    report.timers += batch.timers;
    report.steps += batch.steps;
    report.batches += 1;
    if (batch.kind === "taken") wakeLater(runtime, id);
    if (batch.kind !== "advanced" || !batch.more) return report;
    if (!goesOn) {
      runtime.queues.wake(id.workspaceId, [id.shard]);
      return report;
    }
    next = isSuspect(batch.attempts)
      ? { begins: true }
      : { begins: false, limit: Math.min(BATCH_LIMIT, batch.limit * 2) };
  }
}

type Next = Pick<BatchOptions, "begins" | "limit">;

// Halves a batch that throws until it passes; what throws alone is taken out. A lost connection is not the row's fault.
async function advanceOrHalve(runtime: Runtime, id: ShardId, first: BatchOptions): Promise<BatchReport> {
  let next = first;
  for (;;) {
    let culprit: string | undefined;
    let tried = next.limit ?? BATCH_LIMIT;
    const onTaken = ({ rows, timers }: Batch, limit: number) => {
      culprit = rows[0]?.id ?? timers[0]?.runId;
      tried = limit;
    };
    try {
      return await advanceBatch(runtime, id, { ...next, onTaken });
    } catch (error) {
      if (isPassing(error)) throw error;
      runtime.log.warn({ ...id, limit: tried, err: error }, "batch failed");
      if (tried <= 1) await deadLetterHead(runtime, id, { cause: error, culprit });
      // Halves of a batch belong to its attempt.
      next = { ...first, begins: false, limit: Math.max(1, Math.floor(tried / 2)) };
    }
  }
}

const isPassing = (error: unknown): boolean => {
  const known = toStoreError(error);
  return isRetryable(error) || (known instanceof WendError && known.retry === "backoff");
};

// A hint lost here is found by the clock.
async function dispatchAll(runtime: Runtime, workspaceId: number, batch: BatchReport): Promise<void> {
  for (const [connectionId, ids] of batch.deliveries) {
    try {
      await runtime.queues.dispatch({ workspaceId, connectionId }, ids);
    } catch (error) {
      runtime.log.warn({ workspaceId, connectionId, count: ids.length, err: error }, "dispatch left to the clock");
    }
  }
}

// The holder may have looked before our row was committed, so somebody has to look after it is done.
function wakeLater(runtime: Runtime, id: ShardId): void {
  setTimeout(() => runtime.queues.wake(id.workspaceId, [id.shard]), TAKEN_PAUSE_MS).unref();
}
