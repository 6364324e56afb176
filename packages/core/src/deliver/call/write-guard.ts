import type { Lease } from "../lease.ts";

/** The last check of one call, asked just before each request is written. */
export interface WriteGuard {
  mayWrite(): boolean;
  /** The lease refused a write and none was allowed: nothing can have reached the provider. */
  nothingWritten(): boolean;
  /** A write was allowed: the provider may have it. */
  written(): boolean;
}

/**
 * Nothing is written once half the lease is gone, nor once the call's time is up: by then its outcome is recorded, and
 * a plugin that goes on in spite of its signal would act behind the back of whatever was decided on that.
 */
export function createWriteGuard(lease: Lease, signal: AbortSignal): WriteGuard {
  let allowed = false;
  let refused = false;
  return {
    mayWrite: () => {
      const held = !lease.halfGone();
      const may = held && !signal.aborted;
      allowed ||= may;
      refused ||= !held;
      return may;
    },
    nothingWritten: () => refused && !allowed,
    written: () => allowed,
  };
}
