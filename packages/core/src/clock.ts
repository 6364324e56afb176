/**
 * Decides what is due. In production the database's clock is the only one; in tests, simulations and
 * replays a manual clock stands still until it is moved. A worker's own clock never decides.
 */
export interface Clock {
  /** The manual instant in milliseconds, or undefined when the database's clock is to be read. */
  fixed(): number | undefined;
}

export const databaseClock: Clock = { fixed: () => undefined };

/** A timer fires so long past its due time, so that an event whose commit was in flight wins. */
const TIMER_GRACE_MS = 250;

/** How long past its due time a timer fires: time that is moved by hand waits for no commit in flight. */
export const timerGraceMs = (clock: Clock): number => (clock.fixed() === undefined ? TIMER_GRACE_MS : 0);

export interface ManualClock extends Clock {
  now(): number;
  /** Moves forward by an ISO 8601 duration of exact units, or by milliseconds. */
  advance(by: string | number): void;
  set(instant: number): void;
}

/** A clock that moves only by hand. Days are 24 hours. */
export function createManualClock(start: number | string): ManualClock {
  let at = typeof start === "string" ? Date.parse(start) : start;
  return {
    fixed: () => at,
    now: () => at,
    advance: (by) => {
      at += typeof by === "number" ? by : exactMs(by);
    },
    set: (instant) => {
      at = instant;
    },
  };
}

function exactMs(duration: string): number {
  return Temporal.Duration.from(duration).total({ unit: "milliseconds", relativeTo: "1970-01-01" });
}
