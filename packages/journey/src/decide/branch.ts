import type { CompiledNode, CompiledRandomSplit, CompiledSplit, NamedRead } from "../compile/types.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Scope } from "../predicate/scope.ts";
import { bucketOf } from "../random/buckets.ts";
import { summarise } from "./summarise.ts";
import type { RunState } from "./types.ts";
import type { Walk } from "./walk.ts";
import { leave } from "./walk.ts";

export function visitSplit(walk: Walk, node: CompiledSplit): CompiledNode {
  for (const branch of node.branches) {
    if (!branch.when(walk.scope)) continue;
    leave(walk, branch.label, readInputs(branch.inputs, walk.scope));
    return branch.next;
  }
  leave(walk, "else", readInputs(node.branches.at(-1)?.inputs ?? [], walk.scope));
  return node.otherwise;
}

/** What the verdict was based on; a value that was not there is named apart. */
function readInputs(inputs: readonly NamedRead[], scope: Scope): JsonObject {
  const values: { [name: string]: Json } = {};
  let missing: string[] | undefined;
  for (const { name, read } of inputs) {
    const value = read(scope);
    if (value !== undefined) values[name] = summarise(value);
    else if (missing === undefined) missing = [name];
    else missing.push(name);
  }
  return missing === undefined ? { values } : { values, missing };
}

export function visitRandomSplit(walk: Walk, node: CompiledRandomSplit): CompiledNode {
  const { before } = walk;
  const bucket = bucketOf(node.salt, node.by === "profile" ? before.profileId : entryOf(before));
  const branch = node.branches[node.buckets[bucket]!]!;
  leave(walk, branch.label, { bucket, by: node.by });
  return branch.next;
}

// Not the run's id, which chance made: a simulation of the same entry draws the same.
function entryOf({ profileId, entryKey, startedAt }: RunState): string {
  return `${profileId}/${startedAt}/${entryKey}`;
}
