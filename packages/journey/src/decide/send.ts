import type { CompiledNode, CompiledSend } from "../compile/types.ts";
import { resolveAddress, supportedAddressKinds } from "../gate/address.ts";
import { gate } from "../gate/gate.ts";
import type { GateFacts, GateVerdict } from "../gate/types.ts";
import type { JsonObject } from "../json.ts";
import { bind, unbind } from "./bind.ts";
import { findExit } from "./conditions.ts";
import type { OutcomeSignal } from "./types.ts";
import type { Walk } from "./walk.ts";
import { end, leave } from "./walk.ts";

/** Plans the delivery, after the gate has spoken. */
export function visitSend(walk: Walk, node: CompiledSend): CompiledNode | undefined {
  const delivery = deliveryOf(walk, node);
  const verdict = gate(gateFacts(walk, delivery));
  const reason = verdict.kind === "suppress" ? verdict.reason : null;
  const waits = node.outcome.policy !== "continue";
  plan(walk, node, { delivery, verdict, awaited: waits && reason === null });
  if (reason !== null) return settle(walk, node, { outcome: "suppressed", reason });
  if (waits) return undefined;
  leave(walk, "planned", null);
  return node.next;
}

/** Moves on by what became of the delivery. */
export function settle(walk: Walk, node: CompiledSend, settled: Settled): CompiledNode | undefined {
  const { outcome } = settled;
  leave(walk, outcome, keepOutput(walk, node, settled));
  if (outcome === "accepted" || node.outcome.policy === "continue") return node.next;
  if (node.outcome.policy === "branch") return node.outcome[outcome];
  end(walk, "exit", `delivery_${outcome}`);
  return undefined;
}

/** What the visit came to, for the record. What a visit before it has kept is never taken for its own. */
function keepOutput(walk: Walk, { as }: CompiledSend, { output, reason }: Settled): JsonObject | null {
  if (as !== undefined && output !== undefined) bind(walk, as, output);
  else if (as !== undefined) unbind(walk, as);
  if (reason !== undefined) return { reason };
  return as === undefined ? null : { as, kept: output !== undefined };
}

function deliveryOf({ facts, scope }: Walk, node: CompiledSend): GateFacts["delivery"] {
  const { connection, channel, purpose, topic, addressKind } = node;
  const address =
    addressKind === null || supportedAddressKinds.has(addressKind)
      ? resolveAddress(addressKind, scope.traits)
      : (facts.gate.connections[connection]?.address ?? null);
  return { connection, channel, purpose, topic, addressKind, address };
}

const noExit: GateFacts["exitNow"] = { exit: null, goal: false };
const activeRun: GateFacts["run"] = { status: "active", endedBy: null };

function gateFacts({ version, facts, scope, now }: Walk, delivery: GateFacts["delivery"]): GateFacts {
  return {
    stage: "plan",
    now,
    journey: facts.gate.journey,
    run: activeRun,
    exitNow: version.hasConditions ? findExit(version, undefined, scope) : noExit,
    delivery,
    consents: facts.gate.consents,
    suppressed: facts.gate.suppressed,
    connections: facts.gate.connections,
  };
}

interface Settled extends Pick<OutcomeSignal, "outcome" | "output"> {
  /** Why it was suppressed while it was planned. */
  readonly reason?: string;
}

interface Plan {
  readonly delivery: GateFacts["delivery"];
  readonly verdict: GateVerdict;
  readonly awaited: boolean;
}

function plan(walk: Walk, node: CompiledSend, { delivery, verdict, awaited }: Plan): void {
  const suppressed = verdict.kind === "suppress";
  walk.deliveries.push({
    seq: walk.seq,
    nodeId: node.id,
    connection: node.connection,
    action: node.action,
    channel: node.channel,
    purpose: node.purpose,
    topic: node.topic,
    input: node.input,
    address: delivery.address,
    state: suppressed ? "suppressed" : "planned",
    reason: suppressed ? verdict.reason : null,
    checks: verdict.checks,
    awaited,
  });
}
