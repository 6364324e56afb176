import type { Outcome } from "../outcome.ts";
import type { CallEnd } from "./breaker.ts";
import { isFailure } from "./breaker.ts";

/**
 * What one call says of its connection, from what became of the deliveries it carried: a provider that asked to slow
 * down for one has asked; one that took or refused any of them was there. Undefined when no call was made.
 */
export function endOf(outcomes: readonly Outcome[]): CallEnd | undefined {
  const ends = outcomes.flatMap(({ call }): CallEnd[] =>
    call ? [{ code: call.code ?? undefined, retryAfterMs: call.retryAfterMs }] : [],
  );
  return (
    ends.find(({ code }) => code === "provider.rate_limited") ?? ends.find(({ code }) => !isFailure(code)) ?? ends[0]
  );
}
