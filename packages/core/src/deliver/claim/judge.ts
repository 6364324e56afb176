import type { GateVerdict } from "@wend/journey";
import { gate } from "@wend/journey";
import { WendError } from "@wend/plugin";
import type { OpenAction } from "../../connections/open-connection.ts";
import { decideFailed } from "../decide-outcome.ts";
import type { Outcome } from "../outcome.ts";
import { outcomeOf, putBack } from "../outcome.ts";
import type { Claimed } from "./claimed.ts";
import type { ClaimView } from "./gate-facts.ts";
import { gateFacts } from "./gate-facts.ts";
import { canForbid } from "./pending.ts";

/** What is to be done with a claimed delivery. */
export type Judgement =
  | { readonly kind: "call"; readonly delivery: Claimed; readonly action: OpenAction }
  /** Ask what became of the earlier call. When it is absent: `stopped`, or call. */
  | {
      readonly kind: "lookup";
      readonly delivery: Claimed;
      readonly action: OpenAction;
      readonly stopped: Outcome | null;
    }
  | { readonly kind: "settle"; readonly outcome: Outcome };

/** A delivery that the gate lets through. */
export type Callable = Exclude<Judgement, { kind: "settle" }>;

/** How soon a delivery comes back whose profile has rows that may forbid it. */
const pendingMs = 250;

const settle = (outcome: Outcome): Judgement => ({ kind: "settle", outcome });

/** Runs the send gate at claim, and decides what an unknown outcome of an earlier call allows. Never throws. */
export function judge(view: ClaimView, delivery: Claimed): Judgement {
  const action = view.connection.actions.get(delivery.action);
  try {
    if (!action) throw new WendError("plugin.unknown", { detail: `It has no action ${delivery.action}.` });
    return judgeBy(view, delivery, action);
  } catch (cause) {
    const error = cause instanceof WendError ? cause : new WendError("internal.unexpected", { cause });
    const ended = { delivery, ambiguous: delivery.ambiguous, called: false, startedAt: view.now, endedAt: view.now };
    return settle(decideFailed(ended, error, { dedupe: { by: "none" }, onUnknown: "hold", random: view.random }));
  }
}

function judgeBy(view: ClaimView, delivery: Claimed, action: OpenAction): Judgement {
  // The record gives it the state that the receipt says.
  if (delivery.receipt_rank > 0) return settle(outcomeOf(delivery, { state: "accepted", ...uncalled(delivery) }));
  const settledAt = settledAfter(delivery, action);
  if (settledAt > view.now) return settle(putBack(delivery, settledAt));
  const verdict = gate(gateFacts(view, delivery, action));
  if (verdict.kind === "wait") return settle(putBack(delivery, verdict.until));
  if (verdict.kind === "pass" && canForbid(delivery, view.version(delivery))) {
    return settle(putBack(delivery, view.now + Math.round(pendingMs * (1 + view.random()))));
  }
  const stopped = verdict.kind === "suppress" ? suppressed(delivery, verdict) : null;
  if (delivery.ambiguous) return judgeAmbiguous(view, { delivery, action, stopped });
  return stopped ? settle(stopped) : { kind: "call", delivery, action };
}

// From when on a provider can tell what became of a call that was lost: asked earlier it may not have heard of it yet.
const settledAfter = ({ lease_end }: Claimed, { dedupe }: OpenAction): number =>
  dedupe.by === "lookup" && lease_end !== null ? lease_end + dedupe.settleMs : 0;

interface Ambiguous {
  readonly delivery: Claimed;
  readonly action: OpenAction;
  readonly stopped: Outcome | null;
}

// The call before may have been accepted. Whether repeating it is safe is the action's to say; if nobody can, it is not made.
function judgeAmbiguous(view: ClaimView, { delivery, action, stopped }: Ambiguous): Judgement {
  const { dedupe } = action;
  const { onUnknown } = view.connection;
  if (dedupe.by === "lookup") return { kind: "lookup", delivery, action, stopped };
  if (stopped) return settle(unknown(delivery, stopped.reason));
  if (delivery.resent_at !== null) return { kind: "call", delivery, action };
  const windowOver = dedupe.by === "key" && view.now >= delivery.first_call_at + dedupe.windowMs;
  const blind = dedupe.by === "none" && onUnknown !== "resend";
  if (!windowOver && !blind) return { kind: "call", delivery, action };
  const outcome = unknown(delivery, "delivery.unknown_outcome");
  return settle(blind && onUnknown === "drop" ? { ...outcome, state: "discarded" } : outcome);
}

// No call is made, so the claim's attempt is taken back; the attempts before it stay counted.
const uncalled = (delivery: Claimed) => ({ attempts: delivery.attempt - 1 });

const unknown = (delivery: Claimed, reason: string | null): Outcome =>
  outcomeOf(delivery, { state: "unknown", reason, ...uncalled(delivery) });

function suppressed(delivery: Claimed, { reason, checks }: Extract<GateVerdict, { kind: "suppress" }>): Outcome {
  return outcomeOf(delivery, { state: "suppressed", reason, checks, ...uncalled(delivery) });
}
