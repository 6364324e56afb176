import { setTimeout as sleep } from "node:timers/promises";
import { inWorkspace } from "@wend/core";
import type { Stage } from "../stage/stage.ts";

/** Watches for shards that have work and nobody who begins it. */
export interface DeafnessWatch {
  /** Ends the watch; returns the longest time that any shard was deaf. */
  stop(): Promise<number>;
}

const lookMs = 200;

/**
 * A shard is deaf from when its oldest row came, or from the last batch begun on it, until a batch is begun. The worker
 * that begins it may be struck again at once: that is another blow, and its time counts from there.
 */
export function watchDeafness(stage: Stage): DeafnessWatch {
  const heard = new Map<number, Heard>();
  let isOver = false;
  let worstMs = 0;
  const look = async (): Promise<void> => {
    for (const { shard, version, oldest, now } of await loadShards(stage)) {
      const before = heard.get(shard);
      // Begun between two looks; the earlier one makes the time rather too long than too short.
      const begunAt = before?.version === version ? before.begunAt : (before?.seenAt ?? now);
      heard.set(shard, { version, begunAt, seenAt: now });
      if (oldest !== null) worstMs = Math.max(worstMs, now - Math.max(oldest, begunAt));
    }
  };
  const watch = async (): Promise<void> => {
    while (!isOver) {
      await look();
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

interface Heard {
  readonly version: string;
  readonly begunAt: number;
  readonly seenAt: number;
}

interface ShardRow extends Record<string, unknown> {
  readonly shard: number;
  /** Changes with every batch begun, which is committed before the batch. */
  readonly version: string;
  /** When its oldest row or due timer came. */
  readonly oldest: number | null;
}

/** All times are the database's. */
function loadShards({ store, place }: Stage): Promise<(ShardRow & { readonly now: number })[]> {
  return inWorkspace(store, place.workspace.id, async (tx) => {
    const rows = await tx.rows<ShardRow>(
      `select n as shard, xmin::text as version, least(
         (select min(received_at) from inbox where workspace_id = $1 and shard = n),
         (select min(due_at) from timers where workspace_id = $1 and shard = n and due_at <= to_timestamp($2 / 1000e0))
       ) as oldest
       from shards where workspace_id = $1`,
      [tx.workspaceId, tx.now],
    );
    return rows.map((row) => ({ ...row, now: tx.now }));
  });
}
