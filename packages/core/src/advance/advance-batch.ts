import { timerGraceMs } from "../clock.ts";
import type { Runtime } from "../runtime.ts";
import type { Tx } from "../store/transaction.ts";
import { inWorkspace } from "../store/transaction.ts";
import { applyProfile } from "./apply.ts";
import type { Changes } from "./changes.ts";
import { createChanges } from "./changes.ts";
import { attemptsAfter } from "./isolation.ts";
import { loadWork } from "./load/load-work.ts";
import { lockShard, settleAttempts } from "./lock-shard.ts";
import { saveAll } from "./save/save-all.ts";
import type { Batch } from "./take.ts";
import { take, takeHead } from "./take.ts";

/** Which shard to advance. */
export interface ShardId {
  readonly workspaceId: number;
  readonly shard: number;
}

export interface BatchReport {
  /** `taken`: another worker holds the shard. `idle`: nothing was due. */
  readonly kind: "taken" | "idle" | "advanced";
  readonly rows: number;
  readonly timers: number;
  readonly steps: number;
  /** Whether the shard has more that is due now. */
  readonly more: boolean;
  readonly deliveries: ReadonlyMap<string, readonly string[]>;
}

const nothing: Omit<BatchReport, "kind"> = { rows: 0, timers: 0, steps: 0, more: false, deliveries: new Map() };

export interface BatchOptions {
  /** Most rows, and as many timers; 1 is just the head. */
  readonly limit: number;
  /** Told what was taken, before anything can go wrong with it. */
  onTaken?(batch: Batch): void;
}

/** Advances one batch of a shard in one transaction. */
export function advanceBatch(
  runtime: Runtime,
  { workspaceId, shard }: ShardId,
  { limit, onTaken }: BatchOptions,
): Promise<BatchReport> {
  return inWorkspace(runtime.store, workspaceId, async (tx) => {
    const held = await lockShard(tx, shard);
    if (!held) return { kind: "taken", ...nothing };
    const dueUntil = dueUntilOf(runtime, tx);
    const batch =
      limit > 1 ? await take(tx, shard, { rows: limit, timers: limit, dueUntil }) : await takeHead(tx, shard, dueUntil);
    onTaken?.(batch);
    if (batch.rows.length === 0 && batch.timers.length === 0) {
      if (held.attempts > 0) await settleAttempts(tx, shard, 0);
      return { kind: "idle", ...nothing };
    }
    const { profiles, journeys } = await loadWork(tx, batch, runtime);
    const changes = createChanges();
    for (const profile of profiles) applyProfile({ batch, journeys, changes, now: tx.now, profile });
    await saveAll(tx, { shard, batch, profiles, changes });
    await settleAttempts(tx, shard, attemptsAfter(held.attempts, batch.more));
    return {
      kind: "advanced",
      rows: batch.rows.length,
      timers: batch.timers.length,
      steps: changes.steps.length,
      more: batch.more,
      deliveries: byConnection(changes),
    };
  });
}

/** Timers due up to here may fire in a batch that began at `tx.now`. */
export function dueUntilOf(runtime: Runtime, tx: Tx): number {
  return tx.now - timerGraceMs(runtime.store.clock);
}

function byConnection(changes: Changes): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const { id, connectionId, planned } of changes.deliveries) {
    if (planned.state !== "planned" || connectionId === null) continue;
    const known = ids.get(connectionId);
    if (known) known.push(id);
    else ids.set(connectionId, [id]);
  }
  return ids;
}
