import type { CompiledInput, Rendered } from "@wend/content";
import { compileInput } from "@wend/content";
import type { ActionManifest } from "@wend/plugin";
import { parseInput } from "../../workspaces/parse-input.ts";
import type { Claimed } from "../claim/claimed.ts";
import { entryEventOf, traitsOf, varsOf } from "../claim/entry-event.ts";

// All deliveries of a node hold the same text, so parsing and compiling are done once per node.
const compiled = new WeakMap<ActionManifest, Map<string, CompiledInput>>();
const maxInputs = 1_000;

/** The input as the handler receives it: rendered for the profile, then parsed by the action's own schema. */
export function renderDelivery(action: ActionManifest, delivery: Claimed): Rendered {
  const rendered = compile(action, delivery.input).render({
    profile: { ...traitsOf(delivery), id: delivery.profile_id },
    event: contextEvent(delivery),
    vars: varsOf(delivery),
  });
  return parseInput(action.input, rendered, "input.invalid");
}

function contextEvent(delivery: Claimed) {
  const { id, name, properties, occurredAt } = entryEventOf(delivery);
  return { id, name, properties, occurred_at: new Date(occurredAt).toISOString() };
}

function compile(action: ActionManifest, text: string): CompiledInput {
  let inputs = compiled.get(action);
  if (!inputs) {
    inputs = new Map();
    compiled.set(action, inputs);
  }
  let input = inputs.get(text);
  if (!input) {
    input = compileInput(JSON.parse(text), action.templates ?? {});
    if (inputs.size >= maxInputs) inputs.clear();
    inputs.set(text, input);
  }
  return input;
}
