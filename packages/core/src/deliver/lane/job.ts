import type { Outcome } from "../outcome.ts";

/** What became of the deliveries that one job named. */
export interface DeliverReport {
  /** By the state each was left in. */
  readonly states: { readonly [state in Outcome["state"]]?: number };
  /** Outcomes that came too late to be written. */
  readonly fenceRejected: number;
  /** Named, but not due, settled already, or held by another worker. */
  readonly skipped: number;
}

/** The ids of one job while the lane works on them. */
export interface Job {
  readonly report: Promise<DeliverReport>;
  settle(state: Outcome["state"]): void;
  reject(): void;
  skip(): void;
  fail(error: unknown): void;
}

/** One id in the lane, and the job that named it. */
export interface Entry {
  readonly id: string;
  readonly job: Job;
}

/** A job is done once something is known of each of its ids. */
export function createJob(count: number): Job {
  const { promise, resolve, reject } = Promise.withResolvers<DeliverReport>();
  const states: { [state in Outcome["state"]]?: number } = {};
  let fenceRejected = 0;
  let skipped = 0;
  let left = count;
  const finishOne = () => {
    if (--left === 0) resolve({ states, fenceRejected, skipped });
  };
  if (count === 0) resolve({ states, fenceRejected, skipped });
  return {
    report: promise,
    settle: (state) => {
      states[state] = (states[state] ?? 0) + 1;
      finishOne();
    },
    reject: () => {
      fenceRejected += 1;
      finishOne();
    },
    skip: () => {
      skipped += 1;
      finishOne();
    },
    fail: reject,
  };
}
