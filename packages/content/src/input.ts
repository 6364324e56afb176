import type { Template } from "./template.ts";
import { compileTemplate, Rendering } from "./template.ts";

/** How a field is rendered: `text` and `html` are one template, `json` is a tree whose strings are templates. */
export type TemplateKind = "text" | "html" | "json";

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
  for (const [name, value] of Object.entries(input)) {
    const renderer = compileField(value, Object.hasOwn(templates, name) ? templates[name] : undefined);
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

/** Renders an input once. Throws `content.invalid_template`, `content.render_failed` or `content.aborted`. */
export function renderInput(input: Rendered, templates: TemplateKinds, context: TemplateContext): Rendered {
  return compileInput(input, templates).render(context);
}

// Undefined when there is nothing to render: the value is passed as written.
function compileField(value: unknown, kind: TemplateKind | undefined): Renderer | undefined {
  if (kind === undefined) return undefined;
  if (kind === "json") return compileTree(value);
  if (typeof value !== "string") return undefined;
  const template = compileTemplate(value, kind);
  return typeof template === "string" ? undefined : (rendering) => rendering.text(template);
}

function compileTree(value: unknown): Renderer | undefined {
  if (typeof value === "string") return compileLeaf(compileTemplate(value, "text"));
  if (Array.isArray(value)) return compileList(value);
  if (typeof value === "object" && value !== null) return compileObject(value);
  return undefined;
}

function compileLeaf(template: Template): Renderer | undefined {
  return typeof template === "string" ? undefined : (rendering) => rendering.json(template);
}

function compileList(list: readonly unknown[]): Renderer | undefined {
  const renderers = list.map(compileTree);
  if (!renderers.some(Boolean)) return undefined;
  return (rendering) => list.map((item, index) => renderers[index]?.(rendering) ?? item);
}

function compileObject(object: object): Renderer | undefined {
  const entries = Object.entries(object).map(([key, value]) => [key, value, compileTree(value)] as const);
  if (!entries.some(([, , renderer]) => renderer)) return undefined;
  // fromEntries defines keys; an assignment to a key named __proto__ would call its setter.
  return (rendering) =>
    Object.fromEntries(entries.map(([key, value, renderer]) => [key, renderer ? renderer(rendering) : value]));
}
