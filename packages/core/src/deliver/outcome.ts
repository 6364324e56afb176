import type { DeliveryOutcome, GateCheck } from "@wend/journey";
import type { ErrorCode } from "@wend/plugin";
import type { Claimed } from "./claim/claimed.ts";

/** What is to be written about a claimed delivery. */
export interface Outcome {
  readonly delivery: Claimed;
  readonly state: "accepted" | "queued" | "failed" | "unknown" | "suppressed" | "discarded";
  readonly reason: string | null;
  /** While queued: not to be claimed before. */
  readonly dueAt: number | null;
  /** The attempts that count from here on: a claim that made no call takes its own back. */
  readonly attempts: number;
  readonly ambiguous: boolean;
  readonly providerId: string | null;
  /** What the handler returned, as JSON, where the action keeps it. */
  readonly output: string | null;
  readonly error: { readonly code: ErrorCode; readonly detail: string | null } | null;
  /** The gate's, when it stopped the delivery. */
  readonly checks: readonly GateCheck[] | null;
  /** The call, when one was made. */
  readonly call: CallRecord | null;
}

export interface CallRecord {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: "accepted" | "retry" | "failed" | "ambiguous" | "found" | "unclear";
  readonly code: ErrorCode | null;
  readonly detail: string | null;
  /** How long the provider asked to wait. */
  readonly retryAfterMs: number | null;
}

/** An outcome that leaves everything as the claim found it; `state` and what differs are given. */
export function outcomeOf(delivery: Claimed, rest: Partial<Outcome> & Pick<Outcome, "state">): Outcome {
  return {
    delivery,
    reason: null,
    dueAt: null,
    attempts: delivery.attempt,
    ambiguous: delivery.ambiguous,
    providerId: null,
    output: null,
    error: null,
    checks: null,
    call: null,
    ...rest,
  };
}

/** Put back without a call: as if it had not been claimed, except that the claim's number is used up. */
export const putBack = (delivery: Claimed, dueAt: number): Outcome =>
  outcomeOf(delivery, { state: "queued", dueAt, attempts: delivery.attempt - 1 });

/** What a waiting run is told; null while nothing is settled. */
export function toldOutcome({ state }: Outcome): DeliveryOutcome | null {
  if (state === "queued") return null;
  return state === "discarded" ? "unknown" : state;
}
