import type { ErrorCode } from "@wend/plugin";
import { longWaitMs } from "../lane/breaker.ts";
import type { Outcome } from "../outcome.ts";

/** Ends of a call that show that the provider did not act, and that another one might. */
export const movingCodes: readonly ErrorCode[] = [
  "provider.unavailable",
  "provider.rate_limited",
  "provider.unauthorized",
];

/** Whether another connection may take over what became of a call; one of unknown outcome is for the same to settle. */
export function mayMove({ delivery, state, ambiguous, call }: Outcome): boolean {
  if (delivery.route_id === null || state !== "queued" || ambiguous || call?.outcome !== "retry") return false;
  if (call.code === "provider.rate_limited") return (call.retryAfterMs ?? 0) >= longWaitMs;
  return call.code !== null && movingCodes.includes(call.code);
}
