import { setTimeout as sleep } from "node:timers/promises";
import { isRetryable } from "./failures.ts";

export interface RetryOptions {
  /** How often to try in all. */
  readonly attempts?: number;
  /** Longest pause before the second try; doubled for each further one. */
  readonly baseMs?: number;
  readonly maxMs?: number;
  readonly random?: () => number;
  readonly signal?: AbortSignal;
}

/**
 * Runs a whole transaction again when the server gave it up (serialization failure, deadlock) or the connection was
 * lost. In the second case the first try may have been committed, so `transaction` must bear being run twice: by unique
 * keys or a fence.
 */
export async function retryTransaction<T>(transaction: () => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const { attempts = 5, baseMs = 20, maxMs = 2_000, random = Math.random, signal } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt >= attempts || !isRetryable(error)) throw error;
    }
    // Anywhere below the limit: tries that collided once must not meet again.
    await sleep(random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1)), undefined, { signal });
  }
}
