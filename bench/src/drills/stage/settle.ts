import { setTimeout as sleep } from "node:timers/promises";
import { inWorkspace } from "@wend/core";
import { explainGivenUp } from "./given-up.ts";
import type { Stage } from "./stage.ts";

/** Work that stands open: rows to advance, runs under way, deliveries not settled; and what was given up. */
interface Open {
  readonly inbox: number;
  readonly runs: number;
  readonly deliveries: number;
  /** Parked runs and dead letters: nothing in a drill deserves either. */
  readonly parked: number;
}

const lookMs = 100;
/** Longer than any lease, stall check and retry in a row. */
const patienceMs = 90_000;

/** Waits until nothing is left to do, or nothing has moved for long; returns how much is left or was given up. */
export async function settle(stage: Pick<Stage, "store" | "place">): Promise<number> {
  let before = "";
  let movedAt = performance.now();
  for (;;) {
    const open = await loadOpen(stage);
    const left = open.inbox + open.runs + open.deliveries;
    if (left === 0 || performance.now() - movedAt > patienceMs) {
      if (open.parked > 0) await explainGivenUp(stage);
      return left + open.parked;
    }
    const now = JSON.stringify(open);
    if (now !== before) movedAt = performance.now();
    before = now;
    await sleep(lookMs);
  }
}

async function loadOpen({ store, place }: Pick<Stage, "store" | "place">): Promise<Open> {
  const [open] = await inWorkspace(store, place.workspace.id, (tx) =>
    tx.rows<Open & { [column: string]: number }>(
      `select (select count(*) from inbox where workspace_id = $1) as inbox,
         (select count(*) from runs where workspace_id = $1 and status = 'active') as runs,
         (select count(*) from deliveries where workspace_id = $1 and due_at is not null) as deliveries,
         (select count(*) from runs where workspace_id = $1 and status = 'failed')
           + (select count(*) from dead_letters where workspace_id = $1) as parked`,
      [place.workspace.id],
    ),
  );
  return open!;
}
