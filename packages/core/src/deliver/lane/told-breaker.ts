import type { Breaker } from "./breaker.ts";
import type { DownMark } from "./down-mark.ts";

/** The same breaker, whose word on the provider is told to all workers. */
export function tellDown(breaker: Breaker, mark: DownMark, now: () => number): Breaker {
  let told: number | undefined;
  const tell = () => {
    const until = breaker.downUntil();
    if (until === told || isHardlyLater(until, told)) return;
    told = until;
    mark.set(until === undefined ? 0 : until - now());
  };
  return {
    ...breaker,
    report: (round, end) => {
      breaker.report(round, end);
      tell();
    },
  };
}

// Calls under way at the same time are told to wait one after another, each a little longer.
const hardlyMs = 1_000;

const isHardlyLater = (until: number | undefined, told: number | undefined): boolean =>
  until !== undefined && told !== undefined && until > told && until - told < hardlyMs;
