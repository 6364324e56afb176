import { composeMjml } from "./mjml/compose-mjml.ts";
import { refuseMjml } from "./mjml/refuse-mjml.ts";
import { ParseBudget } from "./parse-budget.ts";
import type { Template } from "./template.ts";
import { compileTemplate, Rendering } from "./template.ts";

/**
 * How a field is rendered: `text` and `html` are one template, `json` is a tree whose strings are templates, `mjml` is
 * one template of an MJML document, which becomes HTML.
 */
export type TemplateKind = "text" | "html" | "json" | "mjml";

/** Which fields of an input are templates; the others are passed as written. */
export type TemplateKinds = { readonly [field: string]: TemplateKind | undefined };

/** What templates can read: `{{ profile.first_name }}`, `{{ event.properties.total }}`, `{{ vars.order }}`. */
export type TemplateContext = { readonly [name: string]: unknown };

export type Rendered = { readonly [field: string]: unknown };

/** An input whose templates are parsed; render it as often as you like. */
export interface CompiledInput {
  render(context: TemplateContext): Rendered;
}

type Renderer = (rendering: Rendering) => unknown;

/** Parses the templates of an input. Throws `content.invalid_template` with a pointer to the field. */
export function compileInput(input: Rendered, templates: TemplateKinds): CompiledInput {
  const fields: [string, Renderer][] = [];
  const budget = new ParseBudget();
  for (const [name, value] of Object.entries(input)) {
    const kind = Object.hasOwn(templates, name) ? templates[name] : undefined;
    const renderer = kind && compileField(value, kind, budget);
    if (renderer) fields.push([name, renderer]);
  }
  return {
    render: (context) => {
      if (fields.length === 0) return input;
      const rendering = new Rendering(context);
      const rendered: Record<string, unknown> = { ...input };
      for (const [name, render] of fields) rendered[name] = render(rendering);
      return rendered;
    },
  };
}

/**
 * Makes HTML of the MJML of an input that was rendered; everything else stays as it is. Throws
 * `content.invalid_template` or `content.render_failed`.
 */
export async function composeInput(rendered: Rendered, templates: TemplateKinds): Promise<Rendered> {
  const composed: Record<string, unknown> = { ...rendered };
  for (const [name, kind] of Object.entries(templates)) {
    const text = composed[name];
    if (kind === "mjml" && typeof text === "string") composed[name] = await composeMjml(text);
  }
  return composed;
}

/** Renders an input once; MJML stays MJML, see {@link composeInput}. Throws `content.invalid_template`, `content.render_failed` or `content.aborted`. */
export function renderInput(input: Rendered, templates: TemplateKinds, context: TemplateContext): Rendered {
  return compileInput(input, templates).render(context);
}

// Undefined when there is nothing to render: the value is passed as written.
function compileField(value: unknown, kind: TemplateKind, budget: ParseBudget): Renderer | undefined {
  if (kind === "json") return compileTree(value, budget);
  if (typeof value !== "string") return undefined;
  const template = kind === "mjml" ? compileMjml(value, budget) : compileTemplate(value, kind, budget);
  return typeof template === "string" ? undefined : (rendering) => rendering.text(template);
}

/** A template of MJML, its values escaped as in HTML. Throws `content.invalid_template`. */
export function compileMjml(source: string, budget: ParseBudget): Template {
  refuseMjml(source);
  return compileTemplate(source, "html", budget);
}

function compileTree(value: unknown, budget: ParseBudget): Renderer | undefined {
  if (typeof value === "string") return compileLeaf(compileTemplate(value, "text", budget));
  if (Array.isArray(value)) return compileList(value, budget);
  if (typeof value === "object" && value !== null) return compileObject(value, budget);
  return undefined;
}

function compileLeaf(template: Template): Renderer | undefined {
  return typeof template === "string" ? undefined : (rendering) => rendering.json(template);
}

function compileList(list: readonly unknown[], budget: ParseBudget): Renderer | undefined {
  const renderers = list.map((item) => compileTree(item, budget));
  if (!renderers.some(Boolean)) return undefined;
  return (rendering) => list.map((item, index) => renderers[index]?.(rendering) ?? item);
}

function compileObject(object: object, budget: ParseBudget): Renderer | undefined {
  const entries = Object.entries(object).map(([key, value]) => [key, value, compileTree(value, budget)] as const);
  if (!entries.some(([, , renderer]) => renderer)) return undefined;
  // fromEntries defines keys; an assignment to a key named __proto__ would call its setter.
  return (rendering) =>
    Object.fromEntries(entries.map(([key, value, renderer]) => [key, renderer ? renderer(rendering) : value]));
}
