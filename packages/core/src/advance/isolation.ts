/** Rows, and timers, of a batch. */
export const BATCH_LIMIT = 1_000;

/** A shard whose batches die this often with their process is advanced in small batches. */
const SUSPECT = 3;
/** From here on, one row or timer at a time. */
const SINGLE = 5;
/**
 * A row that is alone in its batch and has killed its process three times is taken out. Fewer could be chance: where
 * processes are killed every few seconds, it hits the same shard several times in a row.
 */
const CONDEMNED = 8;

/** How many rows the next batch of a shard may have, by its attempts without a success. */
export function limitFor(attempts: number): number {
  if (attempts < SUSPECT) return BATCH_LIMIT;
  if (attempts >= SINGLE) return 1;
  return attempts === SUSPECT ? BATCH_LIMIT / 8 : Math.floor(BATCH_LIMIT / 64);
}

/** The same for all attempts up to those from which on nothing changes. */
export const limitsByAttempts: readonly number[] = Array.from({ length: SINGLE + 1 }, (_, attempts) =>
  limitFor(attempts),
);

/** Whether every batch of the shard counts an attempt of its own, because it may be the one that kills. */
export const isSuspect = (attempts: number): boolean => attempts >= SUSPECT;

/** Whether the head of the shard is to be taken out instead of being tried again. */
export const isCondemned = (attempts: number): boolean => attempts >= CONDEMNED;

/**
 * The attempts that stand after a success with more to do. `goesOn`: the next batch follows in the same wake, and its
 * attempt is counted here to save it a commit. A suspect shard stays suspect until it is empty or has lost its culprit;
 * what was counted for the batch that succeeded is not held against the next.
 */
export function attemptsAfter(attempts: number, goesOn: boolean): number {
  if (isSuspect(attempts)) return Math.min(attempts, SINGLE) - 1;
  return goesOn ? 1 : 0;
}
