import type { DueShard } from "./find-due-shards.ts";

/** Remembers which shards were woken and did not stir. */
export interface Unanswered {
  /**
   * Takes the shards that are due at `now` (milliseconds that only go forward) and returns those whose oldest work
   * has stood untouched for too long. A shard that got anywhere, or is no longer due, starts afresh.
   */
  note(due: readonly DueShard[], now: number): DueShard[];
}

export interface UnansweredOptions {
  /** Work as old as this has stood for too long, and a wake is given as long to be answered before the next. */
  readonly patienceMs: number;
  /**
   * Somebody may be working on what is old: it must be seen unmoved for so long. No longer than that, because a clock
   * that has just started knows nothing of the time before, and may have started because the others died.
   */
  readonly sightMs: number;
}

interface Wait {
  readonly head: string;
  readonly since: number;
}

export function createUnanswered({ patienceMs, sightMs }: UnansweredOptions): Unanswered {
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
        const overdue = lagOf(shard) >= patienceMs && now - since >= sightMs;
        if (overdue) stuck.push(shard);
        next.set(key, { head, since: overdue ? now + patienceMs - sightMs : since });
      }
      waits = next;
      return stuck;
    },
  };
}

/** How long the oldest of a shard's work has been waiting. */
export const lagOf = ({ now, receivedAt, dueAt }: DueShard): number => now - Math.min(receivedAt ?? now, dueAt ?? now);
