import { setTimeout as sleep } from "node:timers/promises";
import { inWorkspace } from "@wend/core";
import type { Stage } from "../stage/stage.ts";

/** Watches how long the shards leave their oldest work lying. */
export interface DeafnessWatch {
  /** Ends the watch; returns the longest time that any shard's row or due timer lay untouched. */
  stop(): Promise<number>;
}

const lookMs = 200;

export function watchDeafness(stage: Stage): DeafnessWatch {
  let isOver = false;
  let worstMs = 0;
  const watch = async (): Promise<void> => {
    while (!isOver) {
      worstMs = Math.max(worstMs, await loadAge(stage));
      await sleep(lookMs);
    }
  };
  const done = watch();
  return {
    stop: async () => {
      isOver = true;
      await done;
      return worstMs;
    },
  };
}

/** Age of the oldest work of all shards, by the database's clock. */
function loadAge({ store, place }: Stage): Promise<number> {
  return inWorkspace(store, place.workspace.id, async (tx) => {
    const [row] = await tx.rows<{ oldest: number | null }>(
      `select least(
         (select min(received_at) from inbox where workspace_id = $1),
         (select min(due_at) from timers where workspace_id = $1 and due_at <= to_timestamp($2 / 1000e0))
       ) as oldest`,
      [tx.workspaceId, tx.now],
    );
    return tx.now - (row!.oldest ?? tx.now);
  });
}
