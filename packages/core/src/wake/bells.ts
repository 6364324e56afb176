import type { Wake } from "../queue/queues.ts";
import type { Pacing, Rate } from "./pace.ts";
import { noRate, pauseFor, withRows } from "./pace.ts";

/** A shard of which this process knows: its rate, when it was last rung, and when it is due if it waits. */
interface Bell extends Wake {
  rate: Rate;
  rungAt: number;
  dueAt: number | undefined;
}

export interface Ring {
  readonly wake: Wake;
  /** New rows that this ring stands for. */
  readonly rows: number;
  /** Whether it may wait for more. */
  readonly paced: boolean;
}

/** The shards that wait to be woken: each at most once, and only as early as its pace allows. */
export interface Bells {
  ring(ring: Ring, now: number): void;
  /** Takes what is due, and reckons it as rung. */
  takeDue(now: number): Wake[];
  /** When the next one is due; infinity when none waits. */
  nextDueAt(): number;
}

const quietMs = 10_000;

/** Without pacing every ring is due at once. */
export function createBells(pacing: Pacing | undefined): Bells {
  const bells = new Map<string, Bell>();
  const waiting = new Set<Bell>();
  let sweptAt = Number.NEGATIVE_INFINITY;

  const bellOf = (wake: Wake): Bell => {
    const key = `${wake.workspaceId}.${wake.shard}`;
    const known = bells.get(key);
    if (known) return known;
    const bell: Bell = { ...wake, rate: noRate, rungAt: Number.NEGATIVE_INFINITY, dueAt: undefined };
    bells.set(key, bell);
    return bell;
  };
  // A quiet shard's rate has faded to nothing, so forgetting it changes nothing.
  const sweep = (now: number): void => {
    if (now - sweptAt < quietMs) return;
    sweptAt = now;
    for (const [key, bell] of bells) {
      if (bell.dueAt === undefined && now - bell.rungAt > quietMs) bells.delete(key);
    }
  };
  return {
    ring: ({ wake, rows, paced }, now) => {
      const bell = bellOf(wake);
      let pause = 0;
      if (pacing) {
        bell.rate = withRows(bell.rate, { rows, now }, pacing);
        if (paced) pause = pauseFor(bell.rate.perSecond, pacing);
      }
      bell.dueAt = Math.min(bell.dueAt ?? Number.POSITIVE_INFINITY, Math.max(now, bell.rungAt + pause));
      waiting.add(bell);
    },
    takeDue: (now) => {
      const due = [...waiting].filter((bell) => bell.dueAt! <= now);
      for (const bell of due) {
        waiting.delete(bell);
        bell.dueAt = undefined;
        bell.rungAt = now;
      }
      sweep(now);
      return due.map(({ workspaceId, shard }) => ({ workspaceId, shard }));
    },
    nextDueAt: () => {
      let next = Number.POSITIVE_INFINITY;
      for (const bell of waiting) next = Math.min(next, bell.dueAt!);
      return next;
    },
  };
}
