import type { DeliverRuntime, DeliveryTarget } from "../runtime.ts";
import type { Breaker } from "./breaker.ts";
import type { DownMark } from "./down-mark.ts";

export interface Telling {
  readonly mark: DownMark;
  readonly log: DeliverRuntime["log"];
  readonly target: DeliveryTarget;
  now(): number;
}

/** The same breaker, whose word on the provider is told to all workers, and to whoever reads the log. */
export function tellDown(breaker: Breaker, { mark, log, target, now }: Telling): Breaker {
  let told: number | undefined;
  const tell = () => {
    const until = breaker.downUntil();
    if (until === told || isHardlyLater(until, told)) return;
    const { workspaceId, connectionId } = target;
    if (told === undefined) log.warn({ workspaceId, connectionId }, "the provider is down, its deliveries wait");
    if (until === undefined) log.info({ workspaceId, connectionId }, "the provider is up again");
    told = until;
    mark.set(until === undefined ? 0 : until - now());
  };
  return {
    ...breaker,
    report: (round, end) => {
      breaker.report(round, end);
      tell();
    },
    uncalled: (round, count) => {
      breaker.uncalled(round, count);
      tell();
    },
  };
}

// Calls under way at the same time are told to wait one after another, each a little longer.
const hardlyMs = 1_000;

const isHardlyLater = (until: number | undefined, told: number | undefined): boolean =>
  until !== undefined && told !== undefined && until > told && until - told < hardlyMs;
