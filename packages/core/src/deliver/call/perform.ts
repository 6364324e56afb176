import type { LookupResult } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { Logger } from "pino";
import type { OpenAction, OpenConnection } from "../../connections/open-connection.ts";
import { stackFrames } from "../../connections/stack-frames.ts";
import { runGuarded } from "../../outbound/call-guard.ts";
import type { Claimed } from "../claim/claimed.ts";
import type { Judgement } from "../claim/judge.ts";
import type { Ended, OutcomeRules } from "../decide-outcome.ts";
import { decideAccepted, decideFailed, decideUnclear } from "../decide-outcome.ts";
import type { Lease } from "../lease.ts";
import type { Outcome } from "../outcome.ts";
import { putBack } from "../outcome.ts";
import { startDeadline } from "./deadline.ts";
import { parseAccepted } from "./parse-accepted.ts";
import { renderDelivery } from "./render-input.ts";
import { createWriteGuard } from "./write-guard.ts";

/** One claimed delivery on its way to the provider. */
export interface Performance {
  readonly connection: OpenConnection;
  readonly lease: Lease;
  /** The instant of the claim, by the deciding clock. */
  readonly claimedAt: number;
  readonly log: Logger;
  random(): number;
}

/** Makes the call and says what came of it. Never throws: whatever a plugin does ends in this delivery's own outcome. */
export async function perform(on: Performance, judged: Exclude<Judgement, { kind: "settle" }>): Promise<Outcome> {
  if (judged.kind === "call") return call(on, judged, judged.delivery.ambiguous);
  const found = await lookUp(on, judged);
  if (found !== "absent") return found;
  // What was asked about did not happen; from here on it is a first call again.
  if (judged.stopped) return { ...judged.stopped, ambiguous: false };
  return call(on, judged, false);
}

interface Subject {
  readonly delivery: Claimed;
  readonly action: OpenAction;
}

async function call(on: Performance, subject: Subject, ambiguous: boolean): Promise<Outcome> {
  const { delivery, action } = subject;
  const startedAt = instant(on);
  const ended = (called: boolean): Ended => ({ delivery, ambiguous, called, startedAt, endedAt: instant(on) });
  let input: ReturnType<typeof renderDelivery>;
  try {
    input = renderDelivery(action.manifest, delivery);
  } catch (error) {
    return decideFailed(ended(false), codedOr(error, "internal.unexpected"), rulesOf(on, action));
  }
  if (on.lease.halfGone()) return { ...putBack(delivery, instant(on)), ambiguous };
  const deadline = startDeadline(on.lease, action.timeoutMs);
  const guard = createWriteGuard(on.lease, deadline.signal);
  try {
    const handler = on.connection.instance.actions[action.name]!;
    const answer = runGuarded(guard.mayWrite, () =>
      Promise.try(handler, {
        input,
        address: delivery.address ?? undefined,
        idempotencyKey: `${delivery.run_id}:${delivery.seq}`,
        deliveryId: delivery.id,
        attempt: delivery.attempt,
        signal: deadline.signal,
      }),
    );
    const { providerId } = parseAccepted(action.manifest, await Promise.race([answer, deadline.expired]));
    return decideAccepted(ended(true), providerId);
  } catch (cause) {
    // Nothing was written, whatever the plugin makes of it.
    if (guard.nothingWritten()) return { ...putBack(delivery, instant(on)), ambiguous };
    const fault = faultOf(on, { delivery, cause, signal: deadline.signal });
    // One write was refused, but another of the same call went out before it.
    const half = fault.code === "delivery.lease_lost" && guard.written();
    return decideFailed(ended(true), half ? new WendError("plugin.timeout", { cause }) : fault, rulesOf(on, action));
  } finally {
    deadline.stop();
  }
}

async function lookUp(on: Performance, { delivery, action }: Subject): Promise<Outcome | "absent"> {
  const startedAt = instant(on);
  const deadline = startDeadline(on.lease, action.timeoutMs);
  const ended = (): Ended => ({ delivery, ambiguous: true, called: true, startedAt, endedAt: instant(on) });
  try {
    const { instance } = on.connection;
    const key = `${delivery.run_id}:${delivery.seq}`;
    const answer = Promise.try(async () => instance.lookup?.(key, action.name, deadline.signal));
    const result = asLookupResult(await Promise.race([answer, deadline.expired]));
    if (result.outcome === "absent") return "absent";
    if (result.outcome === "accepted") return decideAccepted(ended(), result.providerId, true);
    return decideUnclear(ended(), new WendError("delivery.unknown_outcome"), rulesOf(on, action));
  } catch (cause) {
    return decideUnclear(ended(), faultOf(on, { delivery, cause, signal: deadline.signal }), rulesOf(on, action));
  } finally {
    deadline.stop();
  }
}

function asLookupResult(result: LookupResult | undefined): LookupResult {
  const outcome: unknown = result?.outcome;
  if (outcome === "accepted" || outcome === "absent" || outcome === "unclear") return result!;
  throw new WendError("plugin.bad_output", { detail: "lookup() answers accepted, absent or unclear." });
}

// A manual clock stands still while a call is under way, the database's does not.
const instant = ({ claimedAt, lease }: Performance): number => Math.round(claimedAt + lease.elapsed());

const rulesOf = ({ connection, random }: Performance, { dedupe }: OpenAction): OutcomeRules => ({
  dedupe,
  onUnknown: connection.onUnknown,
  random,
});

interface Fault {
  readonly delivery: Claimed;
  readonly cause: unknown;
  readonly signal: AbortSignal;
}

// What a plugin throws because its time was up is a timeout, whatever it calls it.
function faultOf({ log, connection }: Performance, { delivery, cause, signal }: Fault): WendError {
  const fault = codedOr(cause, signal.aborted ? "plugin.timeout" : "plugin.crashed");
  if (fault.code === "plugin.crashed") {
    const { id: deliveryId, action } = delivery;
    log.warn({ connectionId: connection.id, deliveryId, action, frames: stackFrames(cause) }, "a plugin crashed");
  }
  return fault;
}

function codedOr(cause: unknown, code: "plugin.timeout" | "plugin.crashed" | "internal.unexpected"): WendError {
  return cause instanceof WendError ? cause : new WendError(code, { cause });
}
