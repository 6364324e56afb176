import { WendError } from "@wend/plugin";
import type { CompiledNode } from "../compile/types.ts";
import { addDuration } from "../time/duration.ts";
import { visitRandomSplit, visitSplit } from "./branch.ts";
import { countVisit } from "./loop-guard.ts";
import { preEmpt } from "./pre-empt.ts";
import { visitSend } from "./send.ts";
import { visitUpdate } from "./update.ts";
import type { Walk } from "./walk.ts";
import { end, leave } from "./walk.ts";

/** Visits a node and all that follow at once, up to the next wait or the end. */
export function walkFrom(walk: Walk, first: CompiledNode): void {
  let next: CompiledNode | undefined = first;
  while (next !== undefined) {
    if (walk.dirty && endsByCondition(walk)) return;
    reach(walk, next);
    next = visit(walk, next);
  }
}

function endsByCondition(walk: Walk): boolean {
  walk.dirty = false;
  return walk.version.hasConditions && preEmpt(walk, undefined);
}

function reach(walk: Walk, node: CompiledNode): void {
  walk.node = node;
  walk.seq += 1;
  walk.since = walk.at;
  walk.visits += 1;
  // More visits than nodes without a wait in between: some node came round again.
  if (walk.visits > walk.version.nodes.size) {
    throw new WendError("run.loop_limit", { detail: `Node ${node.id} is part of a loop without a wait.` });
  }
  if (walk.version.looping.has(node.id)) countVisit(walk, node);
}

/** The node to visit next; undefined when the run waits or has ended. */
function visit(walk: Walk, node: CompiledNode): CompiledNode | undefined {
  switch (node.type) {
    case "delay":
      walk.wakeAt = addDuration(walk.at, node.for);
      return undefined;
    case "waitForEvent":
      walk.wakeAt = addDuration(walk.at, node.timeout.after);
      return undefined;
    case "split":
      return visitSplit(walk, node);
    case "randomSplit":
      return visitRandomSplit(walk, node);
    case "send":
    case "webhook":
      return visitSend(walk, node);
    case "updateProfile":
      return visitUpdate(walk, node);
    case "end":
      leave(walk, node.outcome, null);
      end(walk, "end", node.outcome);
      return undefined;
  }
}
