import type { DueShard } from "./find-due-shards.ts";

/** Remembers which shards were woken and did not stir. */
export interface Unanswered {
  /**
   * Takes the shards that are due at `now` (milliseconds that only go forward) and returns those whose oldest work
   * has stood untouched for too long. A shard that got anywhere, or is no longer due, starts afresh.
   */
  note(due: readonly DueShard[], now: number): DueShard[];
}

interface Wait {
  readonly head: string;
  readonly since: number;
}

export function createUnanswered(patienceMs: number): Unanswered {
  let waits = new Map<string, Wait>();
  return {
    note: (due, now) => {
      const next = new Map<string, Wait>();
      const stuck: DueShard[] = [];
      for (const shard of due) {
        const key = `${shard.workspaceId}.${shard.shard}`;
        const head = `${shard.receivedAt}.${shard.dueAt}`;
        const wait = waits.get(key);
        const since = wait?.head === head ? wait.since : now;
        const overdue = now - since >= patienceMs;
        if (overdue) stuck.push(shard);
        next.set(key, { head, since: overdue ? now : since });
      }
      waits = next;
      return stuck;
    },
  };
}
