import type { CompiledInput, Rendered, TemplateKinds } from "@wend/content";
import { compileInput, composeInput } from "@wend/content";
import type { ActionManifest } from "@wend/plugin";
import { parseInput } from "../../workspaces/parse-input.ts";
import type { Claimed } from "../claim/claimed.ts";
import { entryEventOf, traitsOf, varsOf } from "../claim/entry-event.ts";

// All deliveries of a node hold the same text, so parsing and compiling are done once per node.
const compiled = new WeakMap<ActionManifest, Map<string, CompiledInput>>();
const maxInputs = 1_000;

/**
 * The input as the handler receives it: rendered for the profile, then parsed by the action's own schema. At once,
 * except where MJML has to become HTML first.
 */
export function renderDelivery(action: ActionManifest, delivery: Claimed): Rendered | Promise<Rendered> {
  const rendered = compile(action, delivery.input).render({
    profile: { ...traitsOf(delivery), id: delivery.profile_id },
    event: contextEvent(delivery),
    vars: varsOf(delivery),
  });
  const parse = (input: Rendered): Rendered => parseInput(action.input, input, "input.invalid");
  const { templates = {} } = action;
  return hasMjml(templates, rendered) ? composeInput(rendered, templates).then(parse) : parse(rendered);
}

const hasMjml = (templates: TemplateKinds, input: Rendered): boolean =>
  Object.entries(templates).some(([field, kind]) => kind === "mjml" && input[field] !== undefined);

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
