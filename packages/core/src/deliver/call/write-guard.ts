import type { Lease } from "../lease.ts";

/** The last check of one call, asked just before each request is written. */
export interface WriteGuard {
  mayWrite(): boolean;
  /** A write was refused and none was allowed: nothing can have reached the provider. */
  nothingWritten(): boolean;
}

export function createWriteGuard(lease: Lease): WriteGuard {
  let allowed = false;
  let refused = false;
  return {
    mayWrite: () => {
      const may = !lease.halfGone();
      allowed ||= may;
      refused ||= !may;
      return may;
    },
    nothingWritten: () => refused && !allowed,
  };
}
