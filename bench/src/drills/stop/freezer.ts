import { setTimeout as sleep } from "node:timers/promises";
import type { Fleet } from "../process/fleet.ts";
import type { Member } from "../process/member.ts";
import { createStrikes } from "../process/strikes.ts";
import type { Aim } from "../worker/strike.ts";

/** Stops workers for longer than their leases, and kills some. */
export interface Freezer {
  /**
   * Resolves once a worker stands still; it goes on by itself. `work` brings what the workers are to do once they are
   * armed. True when one was struck at the point aimed at.
   */
  freeze(aim: Aim | undefined, work: () => Promise<void>): Promise<boolean>;
  /** The same with a kill; false when no worker came to the point. */
  kill(aim: Aim, work: () => Promise<void>): Promise<boolean>;
  /** Resolves when all go on, and have done what they were about to do. */
  thaw(): Promise<void>;
}

/** A lease is 15 s. */
const holdMs = 15_500;
/** Another worker takes over soon after, and within this time at the latest. */
const retakeMs = 8_000;
const spreadMs = 1_000;
/** If no worker comes to the point within this time, one is stopped where it is. */
const patienceMs = 5_000;
const aftermathMs = 1_000;
const lookMs = 100;

export interface FreezerOptions {
  /** Workers that stand still at the same time. */
  readonly atOnce: number;
  /** Whether others have taken over all that is beyond its lease. */
  isRetaken(): Promise<boolean>;
}

export async function createFreezer(workers: Fleet, { atOnce, isRetaken }: FreezerOptions): Promise<Freezer> {
  const strikes = await createStrikes();
  const frozen = new Map<Member, Promise<void>>();
  const free = (): Member[] => workers.members().filter((worker) => !frozen.has(worker));

  let count = 0;

  const hold = async (worker: Member, meetsSuccessor: boolean): Promise<void> => {
    await sleep(holdMs);
    const until = performance.now() + retakeMs;
    while (meetsSuccessor && performance.now() < until && !(await isRetaken())) await sleep(lookMs);
    await sleep(Math.random() * spreadMs);
    worker.signal("SIGCONT");
    frozen.delete(worker);
  };
  const roomFor = async (): Promise<void> => {
    while (frozen.size >= atOnce) await Promise.race(frozen.values());
    // Some have to go on working, or the drill drills nothing.
    while (free().length < 2) await sleep(50);
  };
  return {
    freeze: async (aim, work) => {
      await roomFor();
      const armed = aim && (await strikes.arm(free(), { ...aim, signal: "SIGSTOP" }));
      await work();
      const struck = await armed?.struck(patienceMs);
      const worker = struck ?? free()[0]!;
      // Who was struck stops itself: a second stop could meet it only after it was let go on.
      if (!struck) worker.signal("SIGSTOP");
      // Harm is done by who goes on when its work has been done by others; but now and then one is to be as fast as they.
      count += 1;
      frozen.set(worker, hold(worker, count % 3 !== 0));
      return struck !== undefined;
    },
    kill: async (aim, work) => {
      await roomFor();
      const armed = await strikes.arm(free(), { ...aim, signal: "SIGKILL" });
      await work();
      const struck = await armed.struck(patienceMs);
      await struck?.gone;
      return struck !== undefined;
    },
    thaw: async () => {
      await Promise.all(frozen.values());
      // What the last ones were about to do they do now, right or wrong, and it has to be there when the count begins.
      await sleep(aftermathMs);
      await strikes.close();
    },
  };
}
