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
  /** Once for each call. */
  report(round: number, end: CallEnd): void;
  /** So many that the round let through were not called after all: if they were probes, others may be. */
  uncalled(round: number, count: number): void;
  /**
   * Until when the provider is taken to be down, on this breaker's clock, or was until probes that are under way;
   * undefined while it is taken to be up. A short pause that it asked for does not count.
   */
  downUntil(): number | undefined;
}

/**
 * Faults of the connection as a whole, not of one delivery. Refused credentials are among them: until somebody corrects
 * them only single probes log in, for a server may lock out whoever is refused often.
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
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
/** One call tells little of a provider that fails often, and answers often too. */
const mostProbes = 5;
/** While probes are under way the others look again after so long. */
const probeMs = 1_000;

/**
 * Opens after ten such faults in a row and lets a few probes through when its pause is over. One that gets an answer
 * closes it; when none does, the next pause is twice as long. A provider that asks to slow down pauses the whole
 * connection: it would say the same to each.
 *
 * Only the probes speak for the state after it: of the calls that were under way when the breaker opened some hang
 * into the probes' time, and neither their late faults nor their late answers tell how the provider is now.
 */
export function createBreaker(now: () => number): Breaker {
  let failed = 0;
  let pauseMs = firstPauseMs;
  let openUntil = Number.NEGATIVE_INFINITY;
  let state: "closed" | "open" | "probing" = "closed";
  let round = 0;
  let down = false;
  /** Credentials were refused last. */
  let refused = false;
  /** Of this round of probes: how many may be let through, how many were, and those of them that have not ended. */
  let probes = { most: 0, admitted: 0, underWay: 0 };

  const enter = (next: typeof state) => {
    state = next;
    round += 1;
    failed = 0;
    probes = { most: refused ? 1 : mostProbes, admitted: 0, underWay: 0 };
  };
  const open = (ms: number) => {
    // Whoever asks for less does not shorten a pause under way.
    openUntil = Math.max(openUntil, now() + ms);
    enter("open");
  };
  const close = () => {
    failed = 0;
    refused = false;
    pauseMs = firstPauseMs;
    if (state !== "probing") return;
    down = false;
    enter("closed");
  };
  const trip = () => {
    down = true;
    open(pauseMs);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  };
  const slowDown = (ms: number) => {
    down ||= ms >= longWaitMs;
    open(Math.min(ms, longestPauseMs));
  };
  const endProbes = (count: number) => {
    probes.underWay -= count;
    if (probes.underWay > 0) return;
    if (failed > 0) trip();
    else enter("open");
  };
  return {
    admit: (wanted) => {
      if (state === "closed") return { count: wanted, waitMs: 0, round };
      if (state === "open") {
        const waitMs = openUntil - now();
        if (waitMs > 0) return { count: 0, waitMs, round };
        enter("probing");
      }
      const count = Math.min(wanted, probes.most - probes.admitted);
      probes.admitted += count;
      probes.underWay += count;
      return { count, waitMs: count > 0 ? 0 : probeMs, round };
    },
    report: (of, { code, retryAfterMs }) => {
      if (code === "provider.rate_limited") return slowDown(retryAfterMs ?? probeMs);
      if (of !== round) return;
      if (!isFailure(code)) return close();
      failed += 1;
      refused = code === "provider.unauthorized";
      if (state === "probing") endProbes(1);
      else if (failed >= threshold) trip();
    },
    uncalled: (of, count) => {
      if (of !== round || state !== "probing") return;
      probes.admitted -= count;
      endProbes(count);
    },
    downUntil: () => (down ? openUntil : undefined),
  };
}
