import type { CompiledNode, CompiledVersion } from "../compile/types.ts";
import type { JsonObject } from "../json.ts";
import type { Scope } from "../predicate/scope.ts";
import type { DecideInput, Facts, PlannedDelivery, RecentVisits, RunState, Signal, StepRecord } from "./types.ts";

/** A decision in the making. */
export interface Walk {
  readonly version: CompiledVersion;
  /** The run as it was. */
  readonly before: RunState;
  readonly facts: Facts;
  /** The signal's own time. */
  readonly at: number;
  /** The send gate's clock. */
  readonly now: number;
  /** Profile, vars, entry and signal as predicates read them, changed by what the walk does. */
  readonly scope: Scope;
  readonly steps: StepRecord[];
  readonly deliveries: PlannedDelivery[];
  /** The node under way. */
  node: CompiledNode;
  seq: number;
  since: number;
  wakeAt: number | null;
  /** Visits of nodes in loops within the hour, this decision's among them. */
  recent: RecentVisits | null;
  /** Nodes visited by this decision. */
  visits: number;
  /** Traits or vars changed, so conditions may hold that did not. */
  dirty: boolean;
  status: RunState["status"];
  endedBy: RunState["endedBy"];
  outcome: string | null;
  goal: boolean;
}

export function createWalk(input: DecideInput): Walk {
  const { version, run, signal, facts, now } = input;
  return {
    version,
    before: run,
    facts,
    at: signal.at,
    now,
    scope: createScope(input, eventOf(signal)),
    steps: [],
    deliveries: [],
    node: nodeOf(version, run),
    seq: run.seq,
    since: run.since,
    wakeAt: run.wakeAt,
    recent: run.visits,
    visits: 0,
    dirty: false,
    status: "active",
    endedBy: null,
    outcome: null,
    goal: false,
  };
}

const eventOf = (signal: Signal) => (signal.kind === "event" || signal.kind === "entered" ? signal.event : undefined);

function createScope({ run, signal, facts }: DecideInput, event: Scope["signal"]): Scope {
  return {
    profileId: facts.profile.id,
    traits: facts.profile.traits,
    vars: run.vars,
    entry: signal.kind === "entered" ? signal.event : facts.entry,
    signal: event,
    item: undefined,
    history: facts.history,
    now: signal.at,
    upToId: event?.id,
  };
}

function nodeOf(version: CompiledVersion, run: RunState): CompiledNode {
  const node = version.nodes.get(run.nodeId);
  if (node === undefined) throw new RangeError(`version ${version.version} has no node ${run.nodeId}`);
  return node;
}

/** Records that the visit under way is complete. */
export function leave(walk: Walk, outcome: string, detail: JsonObject | null): void {
  const { node, seq, since, at } = walk;
  walk.steps.push({ seq, nodeId: node.id, type: node.type, enteredAt: since, leftAt: at, outcome, detail });
  walk.wakeAt = null;
}

/** Whether there is a visit to complete: not before the first one, and not between two. */
export function isUnderWay({ seq, steps }: Walk): boolean {
  return seq > 0 && steps.at(-1)?.seq !== seq;
}

/** Ends the run. */
export function end(walk: Walk, endedBy: "end" | "goal" | "exit", outcome: string): void {
  walk.status = "ended";
  walk.endedBy = endedBy;
  walk.outcome = outcome;
  walk.wakeAt = null;
}
