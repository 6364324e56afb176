import { defaultLabel } from "../language/label.ts";
import type { RandomSplitNode, SplitNode } from "../language/node.ts";
import { compileInputs } from "../predicate/inputs.ts";
import { compilePredicate } from "../predicate/predicate.ts";
import { assignBuckets } from "../random/buckets.ts";
import type { NodeContext } from "./nodes.ts";
import type { CompiledRandomSplit, CompiledSplit } from "./types.ts";

export function compileBranching(
  node: SplitNode | RandomSplitNode,
  context: NodeContext,
): CompiledSplit | CompiledRandomSplit {
  return node.type === "split" ? compileSplit(node, context) : compileRandomSplit(node, context);
}

function compileSplit(node: SplitNode, { id, c, resolve }: NodeContext): CompiledSplit {
  const inputs = compileInputs(
    node.branches.map((branch) => branch.when),
    c,
  );
  return {
    id,
    type: "split",
    branches: node.branches.map((branch, index) => ({
      label: branch.label ?? defaultLabel(index),
      when: compilePredicate(branch.when, c),
      inputs: inputs[index] ?? [],
      next: resolve(branch.next, "branches", index, "next"),
    })),
    otherwise: resolve(node.else, "else"),
  };
}

function compileRandomSplit(node: RandomSplitNode, { id, journeyId, resolve }: NodeContext): CompiledRandomSplit {
  const branches = node.branches.map((branch, index) => ({
    label: branch.label ?? defaultLabel(index),
    weight: branch.weight,
    next: resolve(branch.next, "branches", index, "next"),
  }));
  return {
    id,
    type: "randomSplit",
    // Not the version: a profile draws the same after the journey is published again.
    salt: node.salt ?? `${journeyId}/${id}`,
    by: node.by ?? "profile",
    branches: branches.map(({ label, next }) => ({ label, next })),
    buckets: assignBuckets(branches),
  };
}
