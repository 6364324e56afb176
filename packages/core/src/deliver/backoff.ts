export interface RetryLimits {
  readonly baseMs: number;
  readonly longestMs: number;
  readonly maxAttempts: number;
  /** Since the first call. */
  readonly maxAgeMs: number;
  /** Since the first call, while credentials are refused; attempts do not matter then. */
  readonly maxRefusedMs: number;
}

/** About nine hours of trying: a provider's bad night is not the end of a message. */
export const retryLimits: RetryLimits = {
  baseMs: 1_000,
  longestMs: 3_600_000,
  maxAttempts: 20,
  maxAgeMs: 86_400_000,
  // Only a person can correct them, perhaps after a weekend.
  maxRefusedMs: 7 * 86_400_000,
};

/** The pause after the n-th attempt: doubling, somewhere in its upper half, so that what failed together scatters. */
export function backoffMs(attempt: number, random: () => number, limits = retryLimits): number {
  const full = Math.min(limits.longestMs, limits.baseMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full * (0.5 + random() / 2));
}
