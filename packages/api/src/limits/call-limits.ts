import { blobLimits } from "@wend/core";

/** What one request, and one call in it, may carry. */
export const callLimits = {
  /** Calls of one tRPC batch; the host enforces it. */
  callsPerRequest: 20,
  /** Items of a call that takes several. */
  itemsPerCall: 1_000,
  /** Bytes of the body of a request that stores one file, and nothing else: base64 takes four for three. */
  blobBodyBytes: Math.ceil(blobLimits.bytes / 3) * 4 + 4_096,
} as const;
