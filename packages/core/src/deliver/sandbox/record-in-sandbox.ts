import type { Claimed } from "../claim/claimed.ts";
import type { Outcome } from "../outcome.ts";
import { outcomeOf } from "../outcome.ts";

/** The reason of a delivery that was accepted without a call. */
export const sandboxReason = "sandbox";

/**
 * What becomes of a delivery that a sandbox only records: as if the provider had taken it. What an earlier call in earnest
 * has left open stays open, for nobody may be asked.
 */
export function recordInSandbox(delivery: Claimed, ambiguous: boolean): Outcome {
  const uncalled = { attempts: delivery.attempt - 1 };
  if (ambiguous) return outcomeOf(delivery, { state: "unknown", reason: "delivery.unknown_outcome", ...uncalled });
  return outcomeOf(delivery, { state: "accepted", reason: sandboxReason, ambiguous: false, ...uncalled });
}
