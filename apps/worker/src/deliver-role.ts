import { setTimeout as sleep } from "node:timers/promises";
import type { Consumer, DeliveryTarget, Queues, RunningPolls, Store } from "@wend/core";
import type { Logger } from "pino";
import { findTargets } from "./find-targets.ts";
import type { Part } from "./part.ts";

export type DeliverHandler = (target: DeliveryTarget, ids: string[], signal: AbortSignal) => Promise<unknown>;

/** Asks the connections of some channels what is new. */
export type StartPolls = (channels: "all" | readonly string[]) => RunningPolls;

export interface DeliverSetup {
  readonly store: Store;
  readonly queues: Queues;
  readonly channels: "all" | readonly string[];
  readonly handler: DeliverHandler;
  /** Absent: this process polls nothing. */
  readonly startPolls?: StartPolls | undefined;
  /** Jobs of one connection at once. A job may name a single delivery, so this is well above the calls at once. */
  readonly concurrency: number;
  readonly log: Logger;
  /** Between two looks for new connections. */
  readonly lookMs?: number;
}

/** Serves every connection of its channels by a consumer of its own, looks for new ones, and polls those that want it. */
export function startDeliver(setup: DeliverSetup): Part {
  const { store, queues, channels, handler, concurrency, log, lookMs = 2_000 } = setup;
  const open = new Map<string, Consumer>();
  const stop = new AbortController();

  const look = async (): Promise<void> => {
    const targets = new Map((await findTargets(store, channels)).map((target) => [nameOf(target), target]));
    if (stop.signal.aborted) return;
    for (const [name, target] of targets) {
      if (open.has(name)) continue;
      const handle = (ids: string[], signal: AbortSignal) => handler(target, ids, signal);
      open.set(name, queues.consumeDeliveries(target, handle, { concurrency }));
      log.debug(target, "serving connection");
    }
    for (const [name, consumer] of open) {
      if (targets.has(name)) continue;
      open.delete(name);
      await consumer.close();
    }
  };
  const loop = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await look().catch((error) => log.warn({ err: error }, "connections could not be looked up"));
      await sleep(lookMs, undefined, { signal: stop.signal }).catch(() => {});
    }
  };
  const done = loop();
  const polls = setup.startPolls?.(channels);
  return {
    name: "deliver",
    consumers: () => open,
    close: async (graceMs) => {
      stop.abort();
      const stopped = Promise.all([done, polls?.stop()]);
      const looked = Promise.race([stopped, sleep(graceMs, undefined, { ref: false })]);
      await Promise.all([looked, ...[...open.values()].map((consumer) => consumer.close(graceMs))]);
    },
  };
}

const nameOf = ({ workspaceId, connectionId }: DeliveryTarget): string => `${workspaceId}/${connectionId}`;
