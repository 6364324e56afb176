import type pg from "pg";

/** The longest that a connection keeps its plans. */
const longestMs = 5_000;

interface Age {
  /** Transactions that planned ahead, and how many of them end the life of the plans. */
  uses: number;
  endsAt: number;
  readonly madeAt: number;
}

const ages = new WeakMap<pg.ClientBase, Age>();

/**
 * Whether a connection has to plan its statements anew, now that it begins another transaction. A plan suits the size
 * that its tables had, so it lasts until the connection has done twice as much as when it was made, and a few seconds
 * at most: no table outgrows it by far.
 */
export function outlivesPlans(client: pg.ClientBase, now: number = performance.now()): boolean {
  const age = ages.get(client);
  if (age && ++age.uses < age.endsAt && now - age.madeAt < longestMs) return false;
  const uses = age?.uses ?? 1;
  ages.set(client, { uses, endsAt: 2 * uses, madeAt: now });
  return true;
}
