import { setTimeout as sleep } from "node:timers/promises";
import { WendError } from "@wend/plugin";
import { inBusyWorkspace } from "../../store/transaction.ts";
import type { Outcome } from "../outcome.ts";
import type { DeliverRuntime, DeliveryTarget } from "../runtime.ts";
import type { Recorded } from "./record-outcomes.ts";
import { recordOutcomes } from "./record-outcomes.ts";

export interface OutcomeSet {
  readonly outcomes: readonly Outcome[];
  readonly shards: number;
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
  { outcomes, shards }: OutcomeSet,
): Promise<Recorded> {
  for (let tries = 0; ; tries++) {
    try {
      return await inBusyWorkspace(runtime.store, target.workspaceId, (tx) =>
        tx.finish(() => recordOutcomes(tx, outcomes, shards)),
      );
    } catch (error) {
      const pause = pausesMs[tries];
      if (pause === undefined || !(error instanceof WendError) || error.retry !== "backoff") throw error;
      runtime.log.warn({ ...target, count: outcomes.length, err: error }, "outcomes are recorded again");
      await sleep(pause);
    }
  }
}
