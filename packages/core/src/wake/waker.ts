import type { Wake } from "../queue/queues.ts";
import { createBells } from "./bells.ts";
import type { Pacing } from "./pace.ts";

export interface WakerOptions {
  send(wakes: readonly Wake[]): Promise<void>;
  isUp(): boolean;
  /** Undefined: every wake is sent at once. */
  readonly pacing: Pacing | undefined;
  onDropped(count: number, error: unknown): void;
}

export interface Waker {
  wake(workspaceId: number, shards: readonly number[]): void;
  wakeNow(workspaceId: number, shards: readonly number[]): void;
  /** Sends what waits and stops. */
  close(): Promise<void>;
}

/**
 * Gathers wakes and sends them together once a tick, one request at a time: a slow queue makes the requests larger
 * and never the memory. What cannot be sent is dropped; the clock finds the shard.
 */
export function createWaker({ send, isUp, pacing, onDropped }: WakerOptions): Waker {
  const bells = createBells(pacing);
  let alarm: { at: number; cancel(): void } | undefined;
  let sending: Promise<void> | undefined;
  let closed = false;

  const arm = (): void => {
    const at = bells.nextDueAt();
    if (sending || at === Number.POSITIVE_INFINITY || (alarm && alarm.at <= at)) return;
    alarm?.cancel();
    alarm = { at, cancel: soon(flush, at - performance.now()) };
  };
  const flush = (): void => {
    alarm?.cancel();
    alarm = undefined;
    const due = bells.takeDue(closed ? Number.POSITIVE_INFINITY : performance.now());
    if (due.length === 0) {
      arm();
      return;
    }
    sending = trySend(due).finally(() => {
      sending = undefined;
      arm();
    });
  };
  const trySend = async (due: readonly Wake[]): Promise<void> => {
    try {
      await send(due);
    } catch (error) {
      onDropped(due.length, error);
    }
  };
  const ring = (workspaceId: number, shards: readonly number[], paced: boolean): void => {
    if (closed || !isUp()) return;
    const now = performance.now();
    for (const [shard, rows] of counts(shards)) bells.ring({ wake: { workspaceId, shard }, rows, paced }, now);
    arm();
  };
  return {
    wake: (workspaceId, shards) => ring(workspaceId, shards, true),
    wakeNow: (workspaceId, shards) => ring(workspaceId, shards, false),
    close: async () => {
      closed = true;
      await sending;
      flush();
      await sending;
      alarm?.cancel();
    },
  };
}

// The end of this turn of the loop is early enough, and gathers what the turn brings.
function soon(run: () => void, waitMs: number): () => void {
  if (waitMs <= 0) {
    const immediate = setImmediate(run);
    return () => clearImmediate(immediate);
  }
  const timer = setTimeout(run, waitMs);
  return () => clearTimeout(timer);
}

function counts(shards: readonly number[]): Map<number, number> {
  const rows = new Map<number, number>();
  for (const shard of shards) rows.set(shard, (rows.get(shard) ?? 0) + 1);
  return rows;
}
