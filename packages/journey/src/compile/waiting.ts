import type { DelayNode, WaitBranch, WaitForEventNode } from "../language/node.ts";
import { compilePredicate } from "../predicate/predicate.ts";
import { compileDuration } from "../time/duration.ts";
import type { NodeContext } from "./nodes.ts";
import type { CompiledDelay, CompiledWait, CompiledWaitBranch } from "./types.ts";

export function compileDelay(node: DelayNode, { id, c, resolve }: NodeContext): CompiledDelay {
  return { id, type: "delay", for: compileDuration(node.for, c.timeZone), next: resolve(node.next, "next") };
}

export function compileWait(node: WaitForEventNode, context: NodeContext): CompiledWait {
  const { id, c, resolve } = context;
  return {
    id,
    type: "waitForEvent",
    branches: node.branches.map((branch, index) => compileWaitBranch(branch, index, context)),
    timeout: {
      after: compileDuration(node.timeout.after, c.timeZone),
      next: resolve(node.timeout.next, "timeout", "next"),
    },
  };
}

function compileWaitBranch(branch: WaitBranch, index: number, { c, resolve }: NodeContext): CompiledWaitBranch {
  c.gathered.events.add(branch.event);
  c.gathered.listens.add(branch.event);
  return {
    event: branch.event,
    where: branch.where && compilePredicate(branch.where, c),
    as: branch.as,
    next: resolve(branch.next, "branches", index, "next"),
  };
}
