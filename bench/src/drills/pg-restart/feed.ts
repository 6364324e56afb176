import { setTimeout as sleep } from "node:timers/promises";
import { signUpAll } from "../stage/customers.ts";
import type { Stage } from "../stage/stage.ts";

export interface Feed {
  readonly runs: number;
  readonly perSecond: number;
  /** Called as customers are acknowledged, in order. */
  onAcked(count: number): void;
}

const batchSize = 20;
const retryMs = 100;

/**
 * Signs customers up at an even pace, each again with the same message id until it is acknowledged, as an SDK does.
 * Returns how many calls were answered with an error.
 */
export async function feed({ client }: Stage, { runs, perSecond, onAcked }: Feed): Promise<number> {
  let refused = 0;
  const start = performance.now();
  for (let from = 0; from < runs; from += batchSize) {
    const to = Math.min(runs, from + batchSize);
    while (!(await tryOnce(() => signUpAll(client, from, to)))) {
      refused += 1;
      await sleep(retryMs);
    }
    onAcked(to);
    await sleep(Math.max(0, start + (to / perSecond) * 1_000 - performance.now()));
  }
  return refused;
}

const tryOnce = (call: () => Promise<void>): Promise<boolean> =>
  call().then(
    () => true,
    () => false,
  );
