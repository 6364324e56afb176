import type { Clock } from "../clock.ts";

/** How long a claim holds, and how much of it is left; measured from before the claim's transaction began. */
export interface Lease {
  readonly ms: number;
  elapsed(): number;
  /** From here on nothing may be written to a socket: a call begun now could outlive the lease. */
  halfGone(): boolean;
}

/** The shortest lease; one that must outlast a slower action is longer. */
const shortestMs = 15_000;

/** A call may begin until half the lease is gone and must end within it. */
export const leaseMsFor = (slowestTimeoutMs: number): number => Math.max(shortestMs, slowestTimeoutMs * 1.5);

/** Starts to count now. Under a manual clock that clock counts, so that a test can let a lease run out. */
export function startLease(clock: Clock, ms: number): Lease {
  const started = readClock(clock);
  const elapsed = () => readClock(clock) - started;
  return { ms, elapsed, halfGone: () => elapsed() > ms / 2 };
}

/** A clock for spans only: monotonic, or the manual one. Never compared with the database's. */
export const readClock = (clock: Clock): number => clock.fixed() ?? performance.now();
