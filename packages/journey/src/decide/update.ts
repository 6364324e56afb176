import { WendError } from "@wend/plugin";
import type { CompiledNode, CompiledUpdate, TraitWrite } from "../compile/types.ts";
import type { Json, JsonObject } from "../json.ts";
import { jsonEqual } from "../json-equal.ts";
import { limits } from "../language/limits.ts";
import { summarise } from "./summarise.ts";
import type { Walk } from "./walk.ts";
import { leave } from "./walk.ts";

type Traits = { [trait: string]: Json };

/** Changes traits; what follows sees them changed. Traits are copied only when something does change. */
export function visitUpdate(walk: Walk, node: CompiledUpdate): CompiledNode {
  const change: Change = { walk, traits: undefined, changed: {}, skipped: [] };
  for (const write of node.set) apply(change, write, (_, value) => value);
  for (const trait of node.unset) unset(change, trait);
  for (const write of node.increment) apply(change, write, increment);
  for (const write of node.append) apply(change, write, append);
  if (change.traits !== undefined) {
    walk.scope.traits = change.traits;
    walk.dirty = true;
  }
  leave(walk, change.traits === undefined ? "unchanged" : "changed", detailOf(change));
  return node.next;
}

interface Change {
  readonly walk: Walk;
  /** The copy, once there is one. */
  traits: Traits | undefined;
  /** New values for the record; null when unset. */
  readonly changed: Traits;
  /** Traits whose new value could not be read. */
  readonly skipped: string[];
}

type Combine = (current: Json | undefined, value: Json, trait: string) => Json;

function apply(change: Change, { trait, read }: TraitWrite, combine: Combine): void {
  const { scope } = change.walk;
  const value = read(scope);
  if (value === undefined) {
    change.skipped.push(trait);
    return;
  }
  const traits: JsonObject = change.traits ?? scope.traits;
  const current = Object.hasOwn(traits, trait) ? traits[trait] : undefined;
  const next = combine(current, value, trait);
  if (current !== undefined && jsonEqual(current, next)) return;
  change.traits ??= { ...scope.traits };
  change.traits[trait] = next;
  change.changed[trait] = summarise(next);
}

function unset(change: Change, trait: string): void {
  const { scope } = change.walk;
  if (!Object.hasOwn(change.traits ?? scope.traits, trait)) return;
  change.traits ??= { ...scope.traits };
  delete change.traits[trait];
  change.changed[trait] = null;
}

function increment(current: Json | undefined, value: Json, trait: string): Json {
  const base = current ?? 0;
  if (typeof base !== "number")
    throw failed(`Trait ${trait} is a ${kindOf(base)}, and only a number can be incremented.`);
  if (typeof value !== "number") throw failed(`Trait ${trait} cannot be incremented by a ${kindOf(value)}.`);
  const sum = base + value;
  // Beyond it neither a number nor its neighbours are what they say; the edge takes none either.
  const isExact = Number.isInteger(sum) ? Number.isSafeInteger(sum) : Number.isFinite(sum);
  if (!isExact) throw failed(`Trait ${trait} would become ${sum}, which is beyond ±(2^53 - 1).`);
  return sum;
}

function append(current: Json | undefined, value: Json, trait: string): Json {
  const list = current ?? [];
  if (!Array.isArray(list)) throw failed(`Trait ${trait} is a ${kindOf(list)}, and only a list can be appended to.`);
  if (list.length >= limits.traitListLength) throw failed(`Trait ${trait} holds ${list.length} elements already.`);
  return [...list, value];
}

function failed(detail: string): WendError {
  return new WendError("run.node_failed", { detail });
}

const kindOf = (value: Json) => (Array.isArray(value) ? "list" : typeof value);

function detailOf({ changed, skipped }: Change): JsonObject {
  return skipped.length === 0 ? { changed } : { changed, skipped };
}
