import type { CompiledNode } from "../compile/types.ts";
import { conclude, ignored } from "./conclude.ts";
import { failAt, failBefore } from "./failure.ts";
import { preEmpt } from "./pre-empt.ts";
import { settle } from "./send.ts";
import type { DecideInput, Decision, OutcomeSignal, Signal } from "./types.ts";
import { walkFrom } from "./visit.ts";
import { matchWait, passTimer } from "./wait.ts";
import type { Walk } from "./walk.ts";
import { createWalk } from "./walk.ts";

/**
 * What a signal does to a run: through all immediate nodes, up to the next wait or the end. Pure, and never throws:
 * a node that fails parks the run, with what the nodes before it did.
 */
export function decide(input: DecideInput): Decision {
  if (!isForThisRun(input)) return ignored(input.run);
  let walk: Walk;
  try {
    walk = createWalk(input);
  } catch (error) {
    return failBefore(input.run, error);
  }
  try {
    return advance(walk, input.signal);
  } catch (error) {
    return failAt(walk, error);
  }
}

// Late, stale and foreign signals: they change nothing, and nothing is tested on them.
function isForThisRun(input: DecideInput): boolean {
  const { run, signal } = input;
  if (run.status === "failed") return signal.kind === "retry" || canPreEmpt(input);
  if (run.status === "ended" || (run.seq === 0) !== (signal.kind === "entered")) return false;
  return isExpected(input);
}

/** Whether an exit or the goal may come with the signal. They end a parked run too, which can do nothing else. */
function canPreEmpt({ version, signal }: DecideInput): boolean {
  if (signal.kind === "event") return version.hasConditions || version.listens.has(signal.event.name);
  return signal.kind === "profile" && version.hasConditions;
}

function isExpected({ version, run, signal }: DecideInput): boolean {
  switch (signal.kind) {
    case "timer":
      return run.wakeAt !== null && signal.at >= run.wakeAt;
    case "outcome":
      return signal.seq === run.seq;
    case "event":
      return version.hasConditions || version.listens.has(signal.event.name);
    case "profile":
      return version.hasConditions;
    case "retry":
      return false;
    default:
      return true;
  }
}

function advance(walk: Walk, signal: Signal): Decision {
  // Its own entry event neither ends a run nor fulfils it; conditions on the profile may.
  const event = signal.kind === "event" ? signal.event : undefined;
  if (concerns(walk, event) && preEmpt(walk, event)) return conclude(walk);
  if (signal.kind === "retry") return go(walk, walk.node);
  if (walk.before.status === "failed") return ignored(walk.before);
  switch (signal.kind) {
    case "entered":
      return go(walk, walk.version.start);
    case "event":
      return go(walk, matchWait(walk, signal.event));
    case "timer":
      return go(walk, passTimer(walk));
    case "outcome":
      return receive(walk, signal);
    case "profile":
      return ignored(walk.before);
  }
}

function concerns({ version }: Walk, event: { readonly name: string } | undefined): boolean {
  return version.hasConditions || (event !== undefined && version.listens.has(event.name));
}

function go(walk: Walk, next: CompiledNode | undefined): Decision {
  if (next === undefined) return ignored(walk.before);
  walkFrom(walk, next);
  return conclude(walk);
}

function receive(walk: Walk, signal: OutcomeSignal): Decision {
  const { node } = walk;
  if (node.type !== "send" && node.type !== "webhook") return ignored(walk.before);
  const next = settle(walk, node, signal);
  if (next !== undefined) walkFrom(walk, next);
  return conclude(walk);
}
