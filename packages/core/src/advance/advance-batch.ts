import { timerGraceMs } from "../clock.ts";
import type { Runtime } from "../runtime.ts";
import type { Tx } from "../store/transaction.ts";
import { inBusyWorkspace } from "../store/transaction.ts";
import { applyProfile } from "./apply.ts";
import type { Changes } from "./changes.ts";
import { createChanges } from "./changes.ts";
import { takeOutHead } from "./dead-letter.ts";
import { attemptsAfter, isCondemned, limitFor, limitsByAttempts } from "./isolation.ts";
import { loadWork } from "./load/load-work.ts";
import type { HeldShard } from "./lock-shard.ts";
import { beginAttempt, lockShard, settleAttempts } from "./lock-shard.ts";
import { saveAll } from "./save/save-all.ts";
import type { Batch, Found } from "./take.ts";
import { cutAtHorizon, findDue, takeHead } from "./take.ts";

/** Which shard to advance. */
export interface ShardId {
  readonly workspaceId: number;
  readonly shard: number;
}

export interface BatchReport {
  /** `taken`: another worker holds the shard. `idle`: nothing was due. */
  readonly kind: "taken" | "idle" | "advanced";
  /** Batches begun on the shard and not committed since its last success, this one included. */
  readonly attempts: number;
  /** Most rows, and as many timers, that it could have. */
  readonly limit: number;
  readonly rows: number;
  readonly timers: number;
  readonly steps: number;
  /** Whether the shard has more that is due now. */
  readonly more: boolean;
  readonly deliveries: ReadonlyMap<string, readonly string[]>;
}

export interface BatchOptions {
  /** Whether an attempt begins with it, and is counted; otherwise it goes on with the one under way. */
  readonly begins: boolean;
  /** Most rows, and as many timers; 1 is just the head. By default what the shard's attempts allow. */
  readonly limit?: number | undefined;
  /** Whether another batch follows it when there is more. */
  readonly goesOn: boolean;
  /** Told what was taken, and of how many, before anything can go wrong with it. */
  onTaken?(batch: Batch, limit: number): void;
}

/** Advances one batch of a shard in one transaction. */
export function advanceBatch(runtime: Runtime, id: ShardId, options: BatchOptions): Promise<BatchReport> {
  const graceMs = timerGraceMs(runtime.store.clock);
  const byAttempts = options.limit === undefined ? limitsByAttempts : [options.limit];
  return inBusyWorkspace(runtime.store, id.workspaceId, {
    ahead: options.begins ? beginAttempt(id) : undefined,
    opening: (tx) => Promise.all([lockShard(tx, id.shard), findDue(tx, id.shard, { byAttempts, graceMs })]),
    work: (tx, [held, found], counted) => {
      // Given back while our attempt was not counted: nobody would know whose batch killed this process.
      if (!held || (options.begins && counted === 0)) return Promise.resolve({ kind: "taken", ...nothing });
      return advanceFound(runtime, tx, { held, found, graceMs, ...options });
    },
  });
}

const nothing = { attempts: 0, limit: 0, rows: 0, timers: 0, steps: 0, more: false, deliveries: new Map() };

interface Opened extends BatchOptions {
  readonly held: HeldShard;
  readonly found: Found;
  readonly graceMs: number;
}

async function advanceFound(
  runtime: Runtime,
  tx: Tx,
  { held: { shard, attempts }, found, graceMs, begins, goesOn, onTaken, limit = limitFor(attempts) }: Opened,
): Promise<BatchReport> {
  const dueUntil = tx.now - graceMs;
  if (begins && isCondemned(attempts)) {
    const cause = new Error("the row's batch killed its process");
    await takeOutHead(runtime, tx, { shard, head: takeHead(found, dueUntil), cause });
    return { kind: "advanced", ...nothing, attempts, limit, more: true };
  }
  const batch =
    limit > 1
      ? cutAtHorizon(found.rows, found.timers, { rows: limit, timers: limit, dueUntil })
      : takeHead(found, dueUntil);
  onTaken?.(batch, limit);
  if (batch.rows.length === 0 && batch.timers.length === 0) {
    await settleAttempts(tx, shard, 0);
    return { kind: "idle", ...nothing };
  }
  const { profiles, journeys } = await loadWork(tx, batch, runtime);
  const changes = createChanges();
  for (const profile of profiles) applyProfile({ batch, journeys, changes, now: tx.now, profile });
  await tx.finish(() =>
    Promise.all([
      saveAll(tx, { shard, batch, profiles, changes }),
      settleAttempts(tx, shard, batch.more ? attemptsAfter(attempts, goesOn) : 0),
    ]),
  );
  return {
    kind: "advanced",
    attempts,
    limit,
    rows: batch.rows.length,
    timers: batch.timers.length,
    steps: changes.steps.length,
    more: batch.more,
    deliveries: byConnection(changes),
  };
}

function byConnection(changes: Changes): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const { id, way, planned } of changes.deliveries) {
    const { connectionId } = way;
    if (planned.state !== "planned" || connectionId === null) continue;
    const known = ids.get(connectionId);
    if (known) known.push(id);
    else ids.set(connectionId, [id]);
  }
  return ids;
}
