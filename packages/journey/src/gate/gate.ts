import { checkAddress } from "./address-check.ts";
import { checkConsent } from "./consent.ts";
import { checkExitAndGoal, checkRunLive } from "./live.ts";
import type { GateCheck, GateFacts, GateVerdict } from "./types.ts";

/**
 * Whether a delivery may go out: the checks in their fixed order, up to the first that fails. Whatever is unknown
 * fails. Steps not made here (control groups, holds, caps, timing, rate limit, claim) are other parts' to add.
 */
export function gate(facts: GateFacts): GateVerdict {
  const live = checkRunLive(facts);
  // What holds a run holds its deliveries: asked again later, neither sent nor lost.
  if (!live.pass && live.reason === null) return { kind: "wait", until: facts.now + HOLD_MS, checks: [live] };
  const checks: GateCheck[] = [live];
  if (!live.pass) return verdict(checks, live);
  const goal = checkExitAndGoal(facts);
  checks.push(goal);
  if (!goal.pass) return verdict(checks, goal);
  const consent = checkConsent(facts);
  checks.push(consent);
  if (!consent.pass) return verdict(checks, consent);
  const address = checkAddress(facts);
  checks.push(address);
  return verdict(checks, address);
}

/** How long a delivery of a paused or parked run waits before it is asked again. */
const HOLD_MS = 60_000;

function verdict(checks: readonly GateCheck[], last: GateCheck): GateVerdict {
  if (last.pass) return { kind: "pass", checks };
  return { kind: "suppress", reason: last.reason ?? "run_ended", checks };
}
