/** A shard that has work. */
export interface Wake {
  readonly workspaceId: number;
  readonly shard: number;
}

/** The connection whose deliveries a job names. */
export interface DeliveryTarget {
  readonly workspaceId: number;
  readonly connectionId: string;
}

export interface ConsumeOptions {
  /** Handlers that this process runs at once. */
  readonly concurrency: number;
}

/**
 * The queues are a doorbell, never a store: jobs carry ids only, and whatever is lost here the clock finds again in
 * Postgres. A handler that throws loses nothing for the same reason, so every job ends as completed and is removed.
 */
export interface Queues {
  readonly backend: "postgres" | "redis";
  /**
   * Says that shards have work; a shard named n times has n new rows. Never throws, is never awaited, keeps at most
   * one pending wake per shard, and is dropped while the queue is down. A busy shard is woken less often, so that
   * it is advanced in larger batches.
   */
  wake(workspaceId: number, shards: readonly number[]): void;
  /** The same for shards that are overdue: without pacing. */
  wakeNow(workspaceId: number, shards: readonly number[]): void;
  /** Wakes a shard although an earlier wake seems to be under way: past a holder that died with it. */
  forceWake(workspaceId: number, shard: number): Promise<void>;
  /**
   * Hands deliveries to this process if it serves their connection and has little to do, else to the connection's queue,
   * at most 100 ids a job. Never rejects: what the queue does not take,
   * because it is down or full, stays in Postgres for the clock. `round` makes the ids of repeated jobs distinct.
   */
  dispatch(target: DeliveryTarget, deliveryIds: readonly string[], round?: number): Promise<void>;
  /** How many more deliveries the connection's queue takes before its window is full; 0 while it is down. */
  room(target: DeliveryTarget): Promise<DeliveryRoom>;
  consumeWakes(handler: WakeHandler, options: ConsumeOptions): Consumer;
  consumeDeliveries(target: DeliveryTarget, handler: DeliveryHandler, options: ConsumeOptions): Consumer;
  close(): Promise<void>;
}

export interface DeliveryRoom {
  /** Jobs that wait, and jobs that a worker holds or held when it died. */
  readonly waiting: number;
  readonly active: number;
  /** Deliveries that still fit. */
  readonly ids: number;
}

/** `signal` aborts when the consumer closes: finish what is begun, begin nothing new. */
export type WakeHandler = (wake: Wake, signal: AbortSignal) => Promise<unknown>;
export type DeliveryHandler = (ids: string[], signal: AbortSignal) => Promise<unknown>;

export interface Consumer {
  /** Stops claiming, lets handlers finish for at most `graceMs`, then gives back what is left. */
  close(graceMs?: number): Promise<void>;
  /** When a job was last claimed or finished, on the clock of `performance.now()`. */
  lastProgressAt(): number;
  /** Handlers under way, and how many there may be. */
  load(): { readonly active: number; readonly concurrency: number };
  /** Jobs that wait for any consumer of this queue. */
  waiting(): Promise<number>;
  /** Opens the connection anew and leaves the old one to finish: for a consumer that has gone deaf. */
  recycle(): void;
}
