import type { Logger } from "pino";
import type { ClockDeps, TickReport } from "./tick.ts";
import { clockTick, createClockMemory } from "./tick.ts";

export interface RunningClock {
  /** When the last tick succeeded, on the clock of `performance.now()`. */
  lastTickAt(): number;
  lastReport(): TickReport | undefined;
  stop(): Promise<void>;
}

export interface ClockOptions {
  readonly log: Logger;
  /** The longest pause between two ticks. Defaults to a second, and to less where time is moved by hand. */
  readonly tickMs?: number;
}

const defaultTickMs = 1_000;
/** Nobody says when time is moved by hand, and it may be moved by months. */
const manualTickMs = 50;

/** Ticks follow each other so fast at most, even when timers are dense; 250 wakes a second are enough. */
const minPauseMs = 40;
const pausePerShardMs = 4;
const maxSpreadMs = 250;
/** A queue that had to be fed may be empty again soon. */
const feedingPauseMs = 250;
/** Looking may take a tenth of the time at most. */
const costFactor = 9;

/** Ticks until stopped: every second, and sooner when a timer is due sooner. Faults of the database are waited out. */
export function runClock(deps: ClockDeps, options: ClockOptions): RunningClock {
  const { log, tickMs = deps.store.clock.fixed() === undefined ? defaultTickMs : manualTickMs } = options;
  const memory = createClockMemory();
  let lastTickAt = performance.now();
  let lastReport: TickReport | undefined;
  let stopped = false;
  let wake = (): void => {};

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const tick = async (): Promise<number> => {
    const startedAt = performance.now();
    try {
      lastReport = await clockTick(deps, memory);
      lastTickAt = performance.now();
      if (lastReport.forced > 0) log.warn(lastReport, "wakes unanswered, bypassed");
      return pauseAfter(lastReport, { costMs: lastTickAt - startedAt, tickMs });
    } catch (error) {
      log.warn({ err: error }, "clock tick failed");
      return tickMs;
    }
  };
  const loop = async (): Promise<void> => {
    while (!stopped) {
      const ms = await tick();
      if (!stopped) await pause(ms);
    }
  };
  const done = loop();
  return {
    lastTickAt: () => lastTickAt,
    lastReport: () => lastReport,
    stop: async () => {
      stopped = true;
      wake();
      await done;
    },
  };
}

/** Until the next tick: when the next timer fires or a queue may want more, within bounds. */
export function pauseAfter(
  { nextInMs, shards, deliveries }: Pick<TickReport, "nextInMs" | "shards" | "deliveries">,
  { costMs, tickMs }: { costMs: number; tickMs: number },
): number {
  const wanted = Math.min(Math.ceil(nextInMs ?? tickMs), deliveries > 0 ? feedingPauseMs : tickMs);
  const spread = Math.min(maxSpreadMs, shards * pausePerShardMs);
  const least = Math.max(minPauseMs, spread, costMs * costFactor);
  return Math.min(tickMs, Math.max(least, wanted));
}
