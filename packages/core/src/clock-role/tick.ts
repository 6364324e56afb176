import { timerGraceMs } from "../clock.ts";
import type { Queues } from "../queue/queues.ts";
import type { Store } from "../store/connect.ts";
import { feedDeliveries } from "./feed-deliveries.ts";
import type { DueShard } from "./find-due-shards.ts";
import { findDueShards } from "./find-due-shards.ts";
import type { Unanswered } from "./unanswered.ts";
import { createUnanswered, lagOf } from "./unanswered.ts";

export interface ClockDeps {
  readonly store: Store;
  readonly queues: Queues;
  /** Looks again for what parked facts are about; gives back how many it looked at. */
  readonly matchParked?: () => Promise<number>;
}

/** What one clock remembers between its ticks; another clock beside it does no harm. */
export interface ClockMemory {
  readonly unanswered: Unanswered;
}

export interface TickReport {
  /** Shards woken, and among them those whose earlier wake went unanswered. */
  readonly shards: number;
  readonly forced: number;
  /** Deliveries handed to their queues again. */
  readonly deliveries: number;
  /** Parked facts looked at again. */
  readonly parked: number;
  /** Age of the oldest overdue row or timer: what to alert on. */
  readonly lagMs: number;
  /** Until the next timer fires, if one does within the second. */
  readonly nextInMs: number | undefined;
}

/** A row that young is left to the wake that came with it. */
const rowAgeMs = 1_000;
const aheadMs = 1_000;
/** A wake is bypassed whose row is that old and was seen that long: within ten seconds, counting the time between ticks. */
const unansweredFor = { patienceMs: 8_000, sightMs: 2_000 };

export function createClockMemory(): ClockMemory {
  return { unanswered: createUnanswered(unansweredFor) };
}

/**
 * Finds what is due and rings for it: shards with inbox rows that nobody took or with timers, and deliveries without
 * a job. It decides nothing: whoever is woken looks for itself.
 */
export async function clockTick({ store, queues, matchParked }: ClockDeps, memory: ClockMemory): Promise<TickReport> {
  const fixed = store.clock.fixed();
  const graceMs = timerGraceMs(store.clock);
  // Time that is moved by hand has nothing to leave to a wake under way.
  const found = await findDueShards(store, {
    fixed,
    aheadMs,
    rowAgeMs: fixed === undefined ? rowAgeMs : 0,
    timerGraceMs: graceMs,
  });
  const due = found.filter((shard) => shard.receivedAt !== null || shard.dueAt !== null);
  for (const [workspaceId, shards] of byWorkspace(due)) queues.wakeNow(workspaceId, shards);
  const stuck = memory.unanswered.note(due, performance.now());
  await Promise.allSettled(stuck.map(({ workspaceId, shard }) => queues.forceWake(workspaceId, shard)));
  return {
    shards: due.length,
    forced: stuck.length,
    deliveries: await feedDeliveries({ store, queues }),
    parked: (await matchParked?.()) ?? 0,
    lagMs: Math.max(0, ...due.map(lagOf)),
    nextInMs: nextIn(found, graceMs),
  };
}

function nextIn(found: readonly DueShard[], graceMs: number): number | undefined {
  let next: number | undefined;
  for (const { nextAt, now } of found) {
    if (nextAt !== null) next = Math.min(next ?? Number.POSITIVE_INFINITY, nextAt + graceMs - now);
  }
  return next;
}

function byWorkspace(due: readonly DueShard[]): Map<number, number[]> {
  const shards = new Map<number, number[]>();
  for (const { workspaceId, shard } of due) {
    const known = shards.get(workspaceId);
    if (known) known.push(shard);
    else shards.set(workspaceId, [shard]);
  }
  return shards;
}
