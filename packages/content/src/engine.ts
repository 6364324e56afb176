import type { Context, Emitter, Template } from "liquidjs";
import { Liquid, LiquidError, RenderError } from "liquidjs";
import { AbortTag } from "./abort-tag.ts";
import { BoundedEmitter } from "./bounded-emitter.ts";
import { checkTime } from "./bounds/bound.ts";
import { boundFilters } from "./bounds/bound-filters.ts";
import { boundOperators } from "./bounds/bound-operators.ts";
import { BoundedCaseTag } from "./bounds/bounded-case-tag.ts";
import { InlineCommentTag } from "./bounds/inline-comment-tag.ts";

/** Limits of one template (parse) and of all templates of one input (the rest), whoever wrote them. */
export const limits = {
  parseChars: 100_000,
  inputChars: 200_000,
  inputTags: 5_000,
  renderMs: 200,
  memory: 1_000_000,
} as const;

export const textEngine = createEngine(undefined);
export const htmlEngine = createEngine("escape");

function createEngine(outputEscape: "escape" | undefined): Liquid {
  const engine = new Liquid({
    templates: {},
    ownPropertyOnly: true,
    strictFilters: true,
    parseLimit: limits.parseChars,
    renderLimit: limits.renderMs,
    memoryLimit: limits.memory,
    // The same on every machine: a worker's own zone and locale must not show in a message.
    timezoneOffset: 0,
    locale: "en-US",
    operators: boundOperators,
    ...(outputEscape ? { outputEscape } : {}),
  });
  // With nothing to include they could only fail while rendering; without them the check finds it.
  for (const tag of ["include", "render", "layout", "block"]) delete engine.tags[tag];
  // Their expressions are texts, parsed while rendering: neither the check nor the limit of parsing sees them.
  for (const name of Object.keys(engine.filters)) if (name.endsWith("_exp")) delete engine.filters[name];
  boundFilters(engine.filters);
  engine.registerTag("abort", AbortTag);
  engine.registerTag("case", BoundedCaseTag);
  engine.registerTag("#", InlineCommentTag);
  boundOutput(engine);
  return engine;
}

// What a template writes counts as memory too: a loop over a long literal, or a capture that doubles itself,
// allocates nothing that a filter would be charged for.
function boundOutput(engine: Liquid): void {
  engine.renderer.renderTemplates = (parts: Template[], context: Context, emitter = new BoundedEmitter(context)) =>
    renderParts(parts, context, emitter);
}

// As Liquid does it, except that being too late has a line and a column like every other fault.
function* renderParts(parts: readonly Template[], context: Context, emitter: Emitter): Generator {
  checkTime(context);
  for (const part of parts) {
    try {
      checkTime(context);
      const text = yield part.render(context, emitter);
      if (text) emitter.write(text);
    } catch (error) {
      throw LiquidError.is(error) ? error : new RenderError(error as Error, part);
    }
    if (context.breakCalled || context.continueCalled) break;
  }
  return emitter.buffer;
}
