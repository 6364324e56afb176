import { mkdtemp, readlink, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Aim, Strike } from "../worker/strike.ts";
import type { Member } from "./member.ts";

/** Strikes workers down at points of their work. */
export interface Strikes {
  /** Arms all of these workers; the first that comes to the point is struck. */
  arm(workers: readonly Member[], strike: Aim & Pick<Strike, "signal">): Promise<Armed>;
  close(): Promise<void>;
}

export interface Armed {
  /** The worker that was struck; undefined when none came to the point within `ms`, and none will any more. */
  struck(ms: number): Promise<Member | undefined>;
}

const lookMs = 5;

export async function createStrikes(): Promise<Strikes> {
  const folder = await mkdtemp(join(tmpdir(), "wend-drill-"));
  let count = 0;
  return {
    arm: async (workers, strike) => {
      const token = join(folder, String(++count));
      // Whoever dies before it is armed is none that could be struck.
      await Promise.all(workers.map((worker) => worker.ask("arm", { ...strike, token }).catch(() => {})));
      return {
        struck: async (ms) => {
          const until = performance.now() + ms;
          let pid = await holderOf(token);
          while (pid === undefined && performance.now() < until) {
            await sleep(lookMs);
            pid = await holderOf(token);
          }
          // With the token in our own hands nobody is struck any more.
          await symlink("0", token).catch(() => {});
          pid = await holderOf(token);
          return workers.find((worker) => worker.pid === pid);
        },
      };
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

const holderOf = (token: string): Promise<number | undefined> => readlink(token).then(Number, () => undefined);
