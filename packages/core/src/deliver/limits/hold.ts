/** Why a queued delivery waits although it is due. */
export const holdReasons = ["daily_quota", "domain_rate"] as const;

export type HoldReason = (typeof holdReasons)[number];

/** A due delivery beyond a limit, and from when on it may be tried again. */
export interface Hold {
  readonly id: string;
  readonly reason: HoldReason;
  readonly until: number;
}
