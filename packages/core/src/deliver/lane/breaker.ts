import type { ErrorCode } from "@wend/plugin";

/** Says how many calls a connection may have at once, by how the last ones went. */
export interface Breaker {
  /** How many of `wanted` may be called now; 0 with the time to wait. */
  admit(wanted: number): { readonly count: number; readonly waitMs: number };
  /** An attempt ended: with an error code, or undefined when the provider took it. */
  report(code: ErrorCode | undefined, retryAfterMs?: number): void;
  /** The probe was not called after all: another may be. */
  unprobe(): void;
  isOpen(): boolean;
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

const threshold = 10;
const firstPauseMs = 5_000;
const longestPauseMs = 60_000;
/** While a probe is under way the others look again after so long. */
const probeMs = 1_000;

/**
 * Opens after ten such faults in a row, lets one probe through when its pause is over, and doubles the pause when the
 * probe fails. A provider that asks to slow down pauses the whole connection: it would say the same to each.
 */
export function createBreaker(now: () => number): Breaker {
  let failed = 0;
  let pauseMs = firstPauseMs;
  let openUntil = Number.NEGATIVE_INFINITY;
  let state: "closed" | "open" | "probing" = "closed";

  const open = (ms: number) => {
    state = "open";
    openUntil = now() + ms;
  };
  return {
    isOpen: () => state !== "closed",
    admit: (wanted) => {
      if (state === "closed") return { count: wanted, waitMs: 0 };
      if (state === "probing") return { count: 0, waitMs: probeMs };
      const waitMs = openUntil - now();
      if (waitMs > 0) return { count: 0, waitMs };
      state = "probing";
      return { count: 1, waitMs: 0 };
    },
    report: (code, retryAfterMs) => {
      if (code === "provider.rate_limited") {
        open(Math.min(retryAfterMs ?? probeMs, longestPauseMs));
      } else if (code === undefined || !failures.has(code)) {
        failed = 0;
        pauseMs = firstPauseMs;
        if (state === "probing") state = "closed";
      } else if (state === "probing") {
        pauseMs = Math.min(pauseMs * 2, longestPauseMs);
        open(pauseMs);
      } else if (++failed >= threshold && state === "closed") {
        open(pauseMs);
      }
    },
    unprobe: () => {
      if (state === "probing") state = "open";
    },
  };
}
