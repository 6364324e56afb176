import type { LookupResult } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { inPluginScope } from "../../process/plugin-scope.ts";
import type { Callable } from "../claim/judge.ts";
import type { Ended } from "../decide-outcome.ts";
import { decideAccepted, decideFailed, decideUnclear } from "../decide-outcome.ts";
import type { Outcome } from "../outcome.ts";
import { recordInSandbox } from "../sandbox/record-in-sandbox.ts";
import { isRecorded, sandboxFor } from "../sandbox/sandbox-for.ts";
import { startDeadline } from "./deadline.ts";
import { assertProviderId, parseAccepted } from "./parse-accepted.ts";
import type { Performance } from "./performance.ts";
import { instant, rulesOf, scopeOf } from "./performance.ts";
import { pluginFault, startPluginCall } from "./plugin-call.ts";
import type { Subject } from "./prepare.ts";
import { prepare, uncalled } from "./prepare.ts";

/** Makes the call and says what came of it. Never throws: whatever a plugin does ends in this delivery's own outcome. */
export async function perform(on: Performance, judged: Callable): Promise<Outcome> {
  const { delivery, action } = judged;
  if (judged.kind === "call") return call(on, { delivery, action, ambiguous: delivery.ambiguous });
  if (isRecorded(sandboxFor(on.connection.sandbox, action.manifest))) return recordInSandbox(delivery, true);
  const found = await lookUp(on, judged);
  if (found !== "absent") return found;
  // What was asked about did not happen; from here on it is a first call again.
  if (judged.stopped) return { ...judged.stopped, ambiguous: false };
  return call(on, { delivery, action, ambiguous: false });
}

async function call(on: Performance, subject: Subject): Promise<Outcome> {
  const { delivery, action } = subject;
  const preparing = prepare(on, subject);
  const prepared = preparing instanceof Promise ? await preparing : preparing;
  if (prepared.kind === "ended") return prepared.outcome;
  const { item, ended } = prepared;
  if (on.lease.halfGone()) return uncalled(on, ended(false));
  const { timeoutMs, manifest } = action;
  const made = startPluginCall(on, { timeoutMs, about: { deliveryId: delivery.id, action: action.name } });
  try {
    const handler = on.connection.instance.actions[action.name]!;
    const returned = await made.run((signal) => handler({ ...item, signal } as never));
    const { providerId, output } = parseAccepted(manifest, returned);
    return { ...decideAccepted(ended(true), providerId), output };
  } catch (cause) {
    const fault = made.faultOf(cause);
    return fault ? decideFailed(ended(true), fault, rulesOf(on, action)) : uncalled(on, ended(false));
  } finally {
    made.end();
  }
}

async function lookUp(on: Performance, { delivery, action }: Callable): Promise<Outcome | "absent"> {
  const startedAt = instant(on);
  const deadline = startDeadline(on.lease, action.timeoutMs);
  const { signal } = deadline;
  const ended = (): Ended => ({ delivery, ambiguous: true, called: true, startedAt, endedAt: instant(on) });
  try {
    const { instance } = on.connection;
    const key = `${delivery.run_id}:${delivery.seq}`;
    const answer = inPluginScope(scopeOf(on), async () => instance.lookup?.(key, action.name, signal));
    const result = asLookupResult(await Promise.race([answer, deadline.expired]));
    if (result.outcome === "absent") return "absent";
    if (result.outcome === "accepted") return decideAccepted(ended(), result.providerId, true);
    return decideUnclear(ended(), new WendError("delivery.unknown_outcome"), rulesOf(on, action));
  } catch (cause) {
    const fault = pluginFault(on, { cause, signal, about: { deliveryId: delivery.id, action: action.name } });
    return decideUnclear(ended(), fault, rulesOf(on, action));
  } finally {
    deadline.stop();
  }
}

function asLookupResult(result: LookupResult | undefined): LookupResult {
  const outcome: unknown = result?.outcome;
  if (outcome === "accepted") assertProviderId((result as { providerId?: unknown }).providerId);
  if (outcome === "accepted" || outcome === "absent" || outcome === "unclear") return result!;
  throw new WendError("plugin.bad_output", { detail: "lookup() answers accepted, absent or unclear." });
}
