import { setTimeout as sleep } from "node:timers/promises";
import { WendError } from "@wend/plugin";
import type { Tx } from "../../store/transaction.ts";
import { inBusyWorkspace } from "../../store/transaction.ts";
import { mayMove } from "../move/may-move.ts";
import type { MovedDelivery } from "../move/move-deliveries.ts";
import { moveDeliveries } from "../move/move-deliveries.ts";
import type { Outcome } from "../outcome.ts";
import type { DeliverRuntime, DeliveryTarget } from "../runtime.ts";
import type { Recorded } from "./record-outcomes.ts";
import { recordOutcomes } from "./record-outcomes.ts";
import { suppressRefused } from "./suppress-refused.ts";

export interface OutcomeSet {
  readonly outcomes: readonly Outcome[];
  readonly shards: number;
  /** The provider is taken to be down. */
  readonly isDown: boolean;
}

export interface RecordedSet extends Recorded {
  readonly moved: readonly MovedDelivery[];
}

/** About as long as a lease: after that another worker may ask what became of the calls. */
const pausesMs = [50, 100, 250, 500, 1_000, 2_000, 4_000, 8_000];

/**
 * Records what was called, also through a restart of the database: the calls are made, and forgetting them would make
 * every one of them ambiguous. Run twice after a commit of unknown outcome, the second finds what the
 * first has written and changes nothing.
 */
export async function recordInsistently(
  runtime: DeliverRuntime,
  target: DeliveryTarget,
  set: OutcomeSet,
): Promise<RecordedSet> {
  for (let tries = 0; ; tries++) {
    try {
      return await inBusyWorkspace(runtime.store, target.workspaceId, async (tx) => {
        await suppressRefused(tx, { ...target, suppressions: runtime.suppressions }, set.outcomes);
        return recordSet(tx, target, set);
      });
    } catch (error) {
      const pause = pausesMs[tries];
      if (pause === undefined || !(error instanceof WendError) || error.retry !== "backoff") throw error;
      runtime.log.warn({ ...target, count: set.outcomes.length, err: error }, "outcomes are recorded again");
      await sleep(pause);
    }
  }
}

// What no route planned is recorded in one round trip with the commit. The first failure of a delivery moves nothing while
// its provider serves others.
async function recordSet(
  tx: Tx,
  { connectionId }: DeliveryTarget,
  { outcomes, shards, isDown }: OutcomeSet,
): Promise<RecordedSet> {
  const movable = outcomes.filter((outcome) => mayMove(outcome) && (isDown || outcome.delivery.attempt > 1));
  if (movable.length === 0) return { ...(await tx.finish(() => recordOutcomes(tx, outcomes, shards))), moved: [] };
  const recorded = await recordOutcomes(tx, outcomes, shards);
  const ids = movable.map(({ delivery }) => delivery.id);
  return { ...recorded, moved: await moveDeliveries(tx, { connectionId, ids, isDown }) };
}
