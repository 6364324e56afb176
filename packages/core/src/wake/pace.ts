/** How often a busy shard is woken: rarely enough that a batch is worth its statements. */
export interface Pacing {
  /** Rows per second and shard up to which every row is advanced at once. */
  readonly calm: number;
  /** Rows that a batch of a busy shard should hold. */
  readonly batch: number;
  /** The longest pause between two wakes. */
  readonly maxPauseMs: number;
  /** Time constant over which the rate is measured. */
  readonly memoryMs: number;
}

/**
 * A batch costs about 20 statements whatever its size. 200 events/s over 16 shards are 12 rows/s a shard: no pause.
 * 3,000 events/s are 190 rows/s a shard: three quarters of a second, or 140 rows a batch, so that an event costs a
 * seventh of a statement here. Faster than 270 rows/s the pause shrinks.
 */
export const pacing: Pacing = { calm: 25, batch: 200, maxPauseMs: 750, memoryMs: 1_000 };

/** An exponentially fading count of rows per second. */
export interface Rate {
  readonly perSecond: number;
  readonly at: number;
}

export const noRate: Rate = { perSecond: 0, at: Number.NEGATIVE_INFINITY };

/** The rate after `rows` more at `now`. */
export function withRows(rate: Rate, { rows, now }: { rows: number; now: number }, { memoryMs }: Pacing): Rate {
  const faded = rate.perSecond * Math.exp((rate.at - now) / memoryMs);
  return { perSecond: faded + (rows * 1_000) / memoryMs, at: now };
}

/**
 * The pause between two wakes of a shard at that rate, like Nagle's algorithm: none while it is calm, then growing
 * until a pause gathers a batch, then only as long as that takes.
 */
export function pauseFor(perSecond: number, { calm, batch, maxPauseMs }: Pacing): number {
  if (perSecond <= calm) return 0;
  const busy = Math.min(1, (perSecond - calm) / (3 * calm));
  return Math.min(busy * maxPauseMs, (batch / perSecond) * 1_000);
}
