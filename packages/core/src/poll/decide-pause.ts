import type { WendError } from "@wend/plugin";
import { backoffMs, retryLimits } from "../deliver/backoff.ts";

/** A connection that was corrected is asked again within so long. */
const longestMs = 15 * 60_000;

/** How long to wait after a call that failed: the code decides. Reading twice does no harm, so nothing is ambiguous. */
export function decidePause(error: WendError, failures: number, random: () => number): number {
  // Never before the provider's time, and not all of them at its first instant.
  if (error.retryAfterMs !== undefined) {
    return Math.min(retryLimits.maxAgeMs, Math.round(error.retryAfterMs * (1 + random() / 10)));
  }
  const limits = { ...retryLimits, longestMs };
  return backoffMs(error.retry === "never" ? Number.POSITIVE_INFINITY : failures, random, limits);
}
