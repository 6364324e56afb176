import type { Queues, Store, TickReport, WakeHandler } from "@wend/core";
import { runClock, runMaintenance } from "@wend/core";
import type { Logger } from "pino";
import { startAdvance } from "./advance-role.ts";
import type { DeliverHandler, StartPolls } from "./deliver-role.ts";
import { startDeliver } from "./deliver-role.ts";
import type { Part } from "./part.ts";
import { parseRoles } from "./roles.ts";
import { startWatchdog } from "./watchdog.ts";

/** What each role does; see `runtimeHandlers`. */
export interface WorkerHandlers {
  readonly advance: WakeHandler;
  readonly deliver: DeliverHandler;
  /** For the connections that a `deliver` role serves. */
  readonly poll?: StartPolls;
  /** What the clock does for facts that came before the record of their delivery. */
  readonly matchParked?: () => Promise<number>;
}

export interface WorkerOptions {
  readonly store: Store;
  readonly queues: Queues;
  readonly handlers: WorkerHandlers;
  /** As on the command line: `["advance", "deliver", "email", "clock"]`; empty for all. Throws `cli.usage`. */
  readonly roles: readonly string[];
  readonly log: Logger;
  /** Shards advanced at once, each on a connection of the store. */
  readonly advanceConcurrency?: number;
  /** Jobs of one connection under way at once. */
  readonly deliverConcurrency?: number;
  /** Called when this process can no longer hear its queue: the host should end it. */
  onDeaf?(consumer: string): void;
}

export interface WorkerHealth {
  readonly roles: readonly string[];
  readonly consumers: readonly { readonly name: string; readonly active: number; readonly idleMs: number }[];
  /** What the clock found last, when this worker has the role. */
  readonly clock: { readonly sinceMs: number; readonly report: TickReport | undefined } | undefined;
}

export interface Worker {
  health(): WorkerHealth;
  /** Begins nothing new, lets handlers finish for at most `graceMs`, hands back the rest. */
  close(graceMs?: number): Promise<void>;
}

const defaultGraceMs = 10_000;

/** Starts the roles of this process. */
export function createWorker(options: WorkerOptions): Worker {
  const { store, queues, handlers, log } = options;
  const roles = parseRoles(options.roles);
  const parts: Part[] = [];
  if (roles.advance) parts.push(startAdvance(queues, handlers.advance, options.advanceConcurrency ?? 4));
  if (roles.deliver === "all" || roles.deliver.length > 0) {
    const concurrency = options.deliverConcurrency ?? 64;
    const { deliver: handler, poll: startPolls } = handlers;
    parts.push(startDeliver({ store, queues, channels: roles.deliver, handler, startPolls, concurrency, log }));
  }
  const clock = roles.clock ? runClock({ store, queues, ...handlers }, { log }) : undefined;
  if (clock) parts.push({ name: "clock", consumers: () => [], close: () => clock.stop() });
  if (roles.maintenance) {
    const maintenance = runMaintenance(store, { log });
    parts.push({ name: "maintenance", consumers: () => [], close: () => maintenance.stop() });
  }
  const consumers = () => parts.flatMap((part) => [...part.consumers()]);
  const watchdog = startWatchdog({
    consumers,
    log,
    onDeaf: (consumer) => {
      log.fatal({ consumer }, "consumer stays deaf");
      options.onDeaf?.(consumer);
    },
  });
  log.info({ roles }, "worker started");
  let closing: Promise<void> | undefined;
  const close = async (graceMs: number): Promise<void> => {
    watchdog.stop();
    await Promise.all(parts.map((part) => part.close(graceMs)));
    log.info("worker stopped");
  };
  return {
    health: () => {
      const now = performance.now();
      return {
        roles: parts.map((part) => part.name),
        consumers: consumers().map(([name, consumer]) => ({
          name,
          active: consumer.load().active,
          idleMs: now - consumer.lastProgressAt(),
        })),
        clock: clock && { sinceMs: now - clock.lastTickAt(), report: clock.lastReport() },
      };
    },
    close: (graceMs = defaultGraceMs) => {
      closing ??= close(graceMs);
      return closing;
    },
  };
}
