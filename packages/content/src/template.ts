import type { Template as Part } from "liquidjs";
import { Context, LiquidError, Output, RenderError, toValue, toValueSync } from "liquidjs";
import { textOf } from "./bounded-emitter.ts";
import { BoundedMap } from "./bounded-map.ts";
import { checkTime } from "./bounds/bound.ts";
import { htmlEngine, limits, textEngine } from "./engine.ts";
import type { ParseBudget } from "./parse-budget.ts";
import { refusePrototypes } from "./refuse-prototypes.ts";
import { parseError, renderError } from "./template-error.ts";

/** A template ready to render; a string without Liquid in it is its own template. */
export type Template = string | { readonly parts: readonly Part[]; readonly html: boolean };

const compiled = { text: new BoundedMap<Template>(4_000_000), html: new BoundedMap<Template>(4_000_000) };

/** Parses once per source text; the budget is that of the input. Throws `content.invalid_template`. */
export function compileTemplate(source: string, kind: "text" | "html", budget: ParseBudget): Template {
  if (!source.includes("{{") && !source.includes("{%")) return source;
  // Before what is known: whether an input is refused does not depend on what was parsed before it.
  budget.take(source);
  const known = compiled[kind].get(source);
  if (known) return known;
  const template = { parts: parse(source, kind), html: kind === "html" };
  compiled[kind].set(source, template);
  return template;
}

function parse(source: string, kind: "text" | "html"): Part[] {
  if (source.length <= limits.parseChars) refusePrototypes(source);
  try {
    return (kind === "html" ? htmlEngine : textEngine).parse(source);
  } catch (error) {
    throw parseError(error);
  }
}

/** One render of one input: all its templates share one time and memory limit. */
export class Rendering {
  readonly #variables: object;
  #first: Context | undefined;

  constructor(variables: object) {
    this.#variables = variables;
  }

  text(template: Template): string {
    if (typeof template === "string") return template;
    const engine = template.html ? htmlEngine : textEngine;
    try {
      return engine.renderSync(template.parts as Part[], this.#context());
    } catch (error) {
      throw renderError(error);
    }
  }

  /** Like {@link text}, but a template that is one `{{ … }}` and nothing else keeps its value's type. */
  json(template: Template): unknown {
    if (typeof template === "string") return template;
    const [only, more] = template.parts;
    if (more || !(only instanceof Output)) return this.text(template);
    const context = this.#context();
    try {
      checkTime(context);
      return this.#jsonValue(toValue(toValueSync(only.value.value(context, false))));
    } catch (error) {
      throw renderError(LiquidError.is(error) ? error : new RenderError(error as Error, only));
    }
  }

  #jsonValue(value: unknown): unknown {
    if (value === undefined || value === null || typeof value === "boolean") return value ?? null;
    if (typeof value === "number") return Number.isFinite(value) ? value : null;
    const text = typeof value === "object" ? JSON.stringify(value) : textOf(value);
    this.#context().memoryLimit.use(text.length);
    return typeof value === "object" ? value : text;
  }

  // `assign` and `capture` write to the context, so every template has its own; the limits are handed on.
  #context(): Context {
    if (this.#first) return this.#first.spawn(this.#variables);
    this.#first = new Context(this.#variables, textEngine.options, { sync: true }, { liquid: textEngine });
    return this.#first;
  }
}
