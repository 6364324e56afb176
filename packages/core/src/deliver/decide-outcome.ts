import type { ResolvedDedupe, WendError } from "@wend/plugin";
import { storableText } from "@wend/plugin";
import type { OnUnknown } from "../connections/connection.ts";
import { backoffMs, retryLimits } from "./backoff.ts";
import type { Claimed } from "./claim/claimed.ts";
import type { CallRecord, Outcome } from "./outcome.ts";
import { outcomeOf } from "./outcome.ts";

/** How an attempt ended, and when; `called` tells whether the provider can have heard of it. */
export interface Ended {
  readonly delivery: Claimed;
  /** Whether an earlier call of unknown outcome still stands: a lookup may have cleared it. */
  readonly ambiguous: boolean;
  readonly called: boolean;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** What a connection says about calls of unknown outcome, and the chance in pauses. */
export interface OutcomeRules {
  readonly dedupe: ResolvedDedupe;
  readonly onUnknown: OnUnknown | null;
  random(): number;
}

export function decideAccepted(ended: Ended, providerId: string | undefined, found = false): Outcome {
  return outcomeOf(ended.delivery, {
    state: "accepted",
    ambiguous: false,
    providerId: providerId ?? null,
    call: callOf(ended, found ? "found" : "accepted", undefined),
  });
}

/** The error's code decides; nothing is read out of messages. */
export function decideFailed(ended: Ended, error: WendError, rules: OutcomeRules): Outcome {
  // Only a template may abort; a plugin that says so has failed.
  if (error.code === "content.aborted" && !ended.called) return suppressedByContent(ended, error);
  if (error.retry === "never") return ended.called || !ended.ambiguous ? failed(ended, error) : unknown(ended, error);
  if (error.retry === "backoff") return retried(ended, error, rules);
  return ambiguous(ended, error, rules);
}

/** A lookup that could not tell: asked again later, then given up as unknown. */
export function decideUnclear(ended: Ended, error: WendError, rules: OutcomeRules): Outcome {
  const call = callOf(ended, "unclear", error);
  if (isExhausted(ended, error)) return { ...unknown(ended, error), call };
  return { ...again(ended, error, pauseMs(ended, error, rules)), ambiguous: true, call };
}

function suppressedByContent(ended: Ended, error: WendError): Outcome {
  if (ended.ambiguous) return unknown(ended, error);
  return outcomeOf(ended.delivery, { state: "suppressed", reason: "content_aborted", error: detailOf(error) });
}

function retried(ended: Ended, error: WendError, rules: OutcomeRules): Outcome {
  const call = callOf(ended, "retry", error);
  if (!isExhausted(ended, error)) return { ...again(ended, error, pauseMs(ended, error, rules)), call };
  return { ...(ended.ambiguous ? unknown(ended, error) : failed(ended, error)), call };
}

function ambiguous(ended: Ended, error: WendError, rules: OutcomeRules): Outcome {
  const call = callOf(ended, "ambiguous", error);
  const pause = pauseMs(ended, error, rules);
  const { dedupe, onUnknown } = rules;
  if (dedupe.by === "none" && onUnknown !== "resend") {
    return { ...unknown(ended, error), state: onUnknown === "drop" ? "discarded" : "unknown", call };
  }
  const beyondWindow = dedupe.by === "key" && ended.endedAt + pause >= ended.delivery.first_call_at + dedupe.windowMs;
  if (beyondWindow || isExhausted(ended, error)) return { ...unknown(ended, error), call };
  const wait = dedupe.by === "lookup" ? Math.max(dedupe.settleMs, pause) : pause;
  return { ...again(ended, error, wait), ambiguous: true, call };
}

const again = (ended: Ended, error: WendError, pause: number): Outcome =>
  outcomeOf(ended.delivery, {
    state: "queued",
    dueAt: ended.endedAt + pause,
    ambiguous: ended.ambiguous,
    error: detailOf(error),
  });

const failed = (ended: Ended, error: WendError): Outcome =>
  outcomeOf(ended.delivery, {
    state: "failed",
    ambiguous: false,
    reason: error.code,
    error: detailOf(error),
    call: callOf(ended, "failed", error),
  });

const unknown = (ended: Ended, error: WendError): Outcome =>
  outcomeOf(ended.delivery, {
    state: "unknown",
    ambiguous: true,
    reason: error.code,
    error: detailOf(error),
    call: callOf(ended, "failed", error),
  });

// Refused credentials are the connection's fault: the number of attempts says nothing about the delivery.
function isExhausted({ delivery, endedAt }: Ended, { code }: WendError): boolean {
  const age = endedAt - (delivery.resent_at ?? delivery.first_call_at);
  if (code === "provider.unauthorized") return age >= retryLimits.maxRefusedMs;
  // What is sent again has its time anew; it may have used up its attempts long ago.
  const spent = delivery.resent_at === null && delivery.attempt >= retryLimits.maxAttempts;
  return spent || age >= retryLimits.maxAgeMs;
}

function pauseMs({ delivery }: Ended, error: WendError, { random }: OutcomeRules): number {
  const asked = askedMs(error);
  if (asked === undefined) return backoffMs(delivery.attempt, random);
  // Never before the provider's time, and not all of them at its first instant.
  return Math.min(retryLimits.maxAgeMs, Math.round(asked * (1 + random() / 10)));
}

// What a plugin makes of a header may be no number at all.
const askedMs = ({ retryAfterMs }: WendError): number | undefined =>
  Number.isFinite(retryAfterMs) && retryAfterMs! >= 0 ? retryAfterMs : undefined;

function callOf(ended: Ended, outcome: CallRecord["outcome"], error: WendError | undefined): CallRecord | null {
  if (!ended.called) return null;
  const { startedAt, endedAt } = ended;
  const detail = error ? detailOf(error).detail : null;
  return {
    startedAt,
    endedAt,
    outcome,
    code: error?.code ?? null,
    detail,
    retryAfterMs: error ? (askedMs(error) ?? null) : null,
  };
}

const detailOf = (error: WendError) => ({ code: error.code, detail: shortened(error) });

function shortened({ detail, problems }: WendError): string | null {
  const text = detail ?? problems?.map((problem) => `${problem.pointer} ${problem.message}`).join("; ");
  return text ? storableText(text, 500) : null;
}
