import type { DeliverRuntime, DeliveryTarget } from "../runtime.ts";

/** Brings deliveries back when they are due, so that a retry in a second need not wait for the clock. */
export interface Redispatch {
  later(ids: readonly string[], ms: number): void;
}

/** The clock finds everything else, and whatever this process forgets by ending. */
const farthestMs = 60_000;
const mostIds = 10_000;
/** Retries due within the same span share one job. */
const spanMs = 250;

export function createRedispatch(runtime: DeliverRuntime, target: DeliveryTarget): Redispatch {
  const spans = new Map<number, string[]>();
  let count = 0;
  let round = 0;

  const fire = (span: number) => {
    const ids = spans.get(span) ?? [];
    spans.delete(span);
    count -= ids.length;
    round += 1;
    // The round keeps these jobs apart from the ones that named the same ids before.
    void runtime.queues.dispatch(target, ids, round).catch(() => {});
  };
  return {
    later: (ids, ms) => {
      // Under a manual clock a real timer would come at the wrong time.
      if (runtime.store.clock.fixed() !== undefined) return;
      if (ids.length === 0 || ms > farthestMs || count + ids.length > mostIds) return;
      // A process that was stopped meanwhile is late already.
      const span = Math.ceil((performance.now() + Math.max(0, ms)) / spanMs);
      const known = spans.get(span);
      count += ids.length;
      if (known) {
        known.push(...ids);
        return;
      }
      spans.set(span, [...ids]);
      setTimeout(fire, span * spanMs - performance.now(), span).unref();
    },
  };
}
