import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { DeliveryHandler } from "./queues.ts";

/**
 * Takes deliveries past the queue when they are dispatched by the very process that serves their connection: a job
 * added, claimed and ended costs as much as the delivery itself. Like a job it is only a hint: what dies with the
 * process the clock finds.
 */
export interface Shortcut {
  /** Whether it takes them. It does while it has little to do; the rest is for the queue, where others share the work. */
  offer(ids: readonly string[]): boolean;
  /** Takes no more, and lets what is under way finish for at most `graceMs`. */
  close(graceMs: number): Promise<void>;
}

const mostAtOnce = 8;

export function createShortcut(handler: DeliveryHandler, log: Logger): Shortcut {
  const stop = new AbortController();
  const underWay = new Set<Promise<void>>();
  const handle = async (ids: string[]): Promise<void> => {
    try {
      await handler(ids, stop.signal);
    } catch (error) {
      log.error({ count: ids.length, err: error }, "deliveries failed, left to the clock");
    }
  };
  return {
    offer: (ids) => {
      if (stop.signal.aborted || underWay.size >= mostAtOnce) return false;
      const work = handle([...ids]).finally(() => underWay.delete(work));
      underWay.add(work);
      return true;
    },
    close: async (graceMs) => {
      stop.abort();
      await Promise.race([Promise.all(underWay), sleep(graceMs, undefined, { ref: false })]);
    },
  };
}
