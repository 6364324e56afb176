/** What one request, and one call in it, may carry. */
export const callLimits = {
  /** Calls of one tRPC batch; the host enforces it. */
  callsPerRequest: 20,
  /** Items of a call that takes several. */
  itemsPerCall: 1_000,
} as const;
