import type { Consumer } from "@wend/core";
import type { Logger } from "pino";

export interface Watchdog {
  stop(): void;
}

export interface WatchdogOptions {
  consumers(): Iterable<readonly [string, Consumer]>;
  readonly log: Logger;
  /** Called for a consumer that stays deaf although its connection was opened anew. */
  onDeaf(name: string): void;
  /** Jobs wait, hands are free, and nothing is claimed for so long: deaf. */
  readonly deafMs?: number;
  readonly lookMs?: number;
}

interface Suspicion {
  /** Since when jobs were seen waiting without progress. */
  readonly since: number;
  readonly recycled: boolean;
}

/**
 * A queue worker can go deaf and look alive. So it is judged by progress: while jobs wait and it has hands free, it
 * must claim. If it does not, its connection is opened anew; if that does not help, the process is of no use.
 */
export function startWatchdog(options: WatchdogOptions): Watchdog {
  const { log, onDeaf, deafMs = 20_000, lookMs = 5_000 } = options;
  const suspicions = new WeakMap<Consumer, Suspicion>();

  const check = async (name: string, consumer: Consumer): Promise<void> => {
    // While the server is away nobody hears anything, and nothing is learnt here.
    const waiting = await consumer.waiting().catch(() => 0);
    const { active, concurrency } = consumer.load();
    const suspicion = suspicions.get(consumer);
    if (waiting === 0 || active >= concurrency || (suspicion && consumer.lastProgressAt() > suspicion.since)) {
      suspicions.delete(consumer);
      return;
    }
    const now = performance.now();
    if (!suspicion) {
      suspicions.set(consumer, { since: now, recycled: false });
    } else if (now - suspicion.since >= deafMs) {
      if (suspicion.recycled) {
        onDeaf(name);
        return;
      }
      log.error({ consumer: name, waiting }, "consumer is deaf, its connection is opened anew");
      consumer.recycle();
      suspicions.set(consumer, { since: performance.now(), recycled: true });
    }
  };
  const timer = setInterval(() => {
    for (const [name, consumer] of options.consumers()) {
      check(name, consumer).catch((error) => log.warn({ err: error, consumer: name }, "watchdog fault"));
    }
  }, lookMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
