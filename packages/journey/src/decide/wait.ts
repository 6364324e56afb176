import type { CompiledNode, CompiledWait, CompiledWaitBranch } from "../compile/types.ts";
import { bind } from "./bind.ts";
import type { EventFact } from "./types.ts";
import type { Walk } from "./walk.ts";
import { leave } from "./walk.ts";

/** Where an event leads that the run waits for; undefined when it does not. */
export function matchWait(walk: Walk, event: EventFact): CompiledNode | undefined {
  const { node, wakeAt } = walk;
  if (node.type !== "waitForEvent") return undefined;
  // The timeout is inclusive by receive time: what comes later is the timer's, even if that is late.
  if (wakeAt !== null && event.receivedAt > wakeAt) return undefined;
  const branch = findBranch(walk, node, event);
  if (branch === undefined) return undefined;
  if (branch.as !== undefined) bind(walk, branch.as, event.properties);
  leave(walk, "matched", { branch: node.branches.indexOf(branch), event: event.name, eventId: event.id });
  return branch.next;
}

function findBranch({ scope }: Walk, node: CompiledWait, event: EventFact): CompiledWaitBranch | undefined {
  for (const branch of node.branches) {
    if (branch.event === event.name && (branch.where === undefined || branch.where(scope))) return branch;
  }
  return undefined;
}

/** Where a timer that came due leads. */
export function passTimer(walk: Walk): CompiledNode | undefined {
  const { node } = walk;
  if (node.type === "delay") {
    leave(walk, "elapsed", null);
    return node.next;
  }
  if (node.type !== "waitForEvent") return undefined;
  leave(walk, "timeout", null);
  return node.timeout.next;
}
