import type { ErrorCode } from "@wend/plugin";

/** What may be called now. */
export interface Admission {
  /** 0 with the time to wait. */
  readonly count: number;
  readonly waitMs: number;
  /** Names the state that let these calls through; what became of them is reported with it. */
  readonly round: number;
}

/** How an attempt ended: with an error code, or undefined when the provider took it. */
export interface CallEnd {
  readonly code: ErrorCode | undefined;
  /** How long the provider asked to wait; a delivery's own pause says nothing about the connection. */
  readonly retryAfterMs?: number | null;
}

/** Says how many calls a connection may have at once, by how the last ones went. */
export interface Breaker {
  /** How many of `wanted` may be called now. */
  admit(wanted: number): Admission;
  report(round: number, end: CallEnd): void;
  /** What that round let through was not called after all: if it was the probe, another may be. */
  unprobe(round: number): void;
  /**
   * Until when the provider is taken to be down, on this breaker's clock, or was until a probe that is under way;
   * undefined while it is taken to be up. A short pause that it asked for does not count.
   */
  downUntil(): number | undefined;
}

/**
 * Faults of the connection as a whole, not of one delivery. Refused credentials are among them: until somebody corrects
 * them only probes log in, for a server may lock out whoever is refused often.
 */
const failures = new Set<ErrorCode>([
  "provider.unavailable",
  "provider.unknown_outcome",
  "provider.unauthorized",
  "plugin.timeout",
]);

/** Whether an end speaks against the connection; undefined: the provider took it. */
export const isFailure = (code: ErrorCode | undefined): boolean => code !== undefined && failures.has(code);

/** A provider that asks to wait as long is as good as down for whatever has another way. */
export const longWaitMs = 30_000;

const threshold = 10;
const firstPauseMs = 5_000;
const longestPauseMs = 60_000;
/** While a probe is under way the others look again after so long. */
const probeMs = 1_000;

/**
 * Opens after ten such faults in a row, lets one probe through when its pause is over, and doubles the pause when the
 * probe fails. A provider that asks to slow down pauses the whole connection: it would say the same to each.
 *
 * Only the probe speaks for the state after it: of the calls that were under way when the breaker opened some hang
 * into the probe's time, and neither their late faults nor their late answers tell how the provider is now.
 */
export function createBreaker(now: () => number): Breaker {
  let failed = 0;
  let pauseMs = firstPauseMs;
  let openUntil = Number.NEGATIVE_INFINITY;
  let state: "closed" | "open" | "probing" = "closed";
  let round = 0;
  let down = false;

  const enter = (next: typeof state) => {
    state = next;
    round += 1;
  };
  const open = (ms: number) => {
    // Whoever asks for less does not shorten a pause under way.
    openUntil = Math.max(openUntil, now() + ms);
    enter("open");
  };
  const close = () => {
    failed = 0;
    pauseMs = firstPauseMs;
    if (state !== "probing") return;
    down = false;
    enter("closed");
  };
  const fail = () => {
    if (state === "probing") pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    else if (++failed < threshold) return;
    down = true;
    open(pauseMs);
  };
  const slowDown = (ms: number) => {
    down ||= ms >= longWaitMs;
    open(Math.min(ms, longestPauseMs));
  };
  return {
    admit: (wanted) => {
      if (state === "closed") return { count: wanted, waitMs: 0, round };
      if (state === "probing") return { count: 0, waitMs: probeMs, round };
      const waitMs = openUntil - now();
      if (waitMs > 0) return { count: 0, waitMs, round };
      enter("probing");
      return { count: 1, waitMs: 0, round };
    },
    report: (of, { code, retryAfterMs }) => {
      if (code === "provider.rate_limited") slowDown(retryAfterMs ?? probeMs);
      else if (of !== round) return;
      else if (!isFailure(code)) close();
      else fail();
    },
    unprobe: (of) => {
      if (of === round && state === "probing") enter("open");
    },
    downUntil: () => (down ? openUntil : undefined),
  };
}
