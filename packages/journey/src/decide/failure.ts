import { WendError } from "@wend/plugin";
import { changedTraits } from "./conclude.ts";
import type { Decision, RunError, RunState } from "./types.ts";
import type { Walk } from "./walk.ts";
import { isUnderWay, leave } from "./walk.ts";

/**
 * Parks the run where a node failed. What the nodes before it did stands; the failed visit is recorded, and a retry
 * visits the node again. A loop is different: nothing it did was meant, so all of it is dropped.
 */
export function failAt(walk: Walk, thrown: unknown): Decision {
  const error = errorOf(walk.node.id, thrown);
  if (error.code === "run.loop_limit") return park(walk.before, error);
  if (isUnderWay(walk)) leave(walk, "failed", { code: error.code, detail: error.detail });
  const { node, since, seq, scope } = walk;
  const run = { ...walk.before, nodeId: node.id, since, seq, vars: scope.vars, visits: walk.recent };
  return {
    ...park(run, error),
    steps: walk.steps,
    deliveries: walk.deliveries,
    traits: changedTraits(walk),
  };
}

/** Parks a run that could not even be looked at. */
export function failBefore(run: RunState, thrown: unknown): Decision {
  return park(run, errorOf(run.nodeId, thrown));
}

function park(run: RunState, error: RunError): Decision {
  return {
    kind: "failed",
    run: { ...run, status: "failed", wakeAt: null, error },
    steps: [],
    deliveries: [],
    traits: undefined,
    goal: false,
  };
}

function errorOf(nodeId: string, thrown: unknown): RunError {
  if (thrown instanceof WendError) return { code: thrown.code, nodeId, detail: thrown.detail ?? thrown.message };
  return { code: "run.node_failed", nodeId, detail: thrown instanceof Error ? thrown.message : String(thrown) };
}
