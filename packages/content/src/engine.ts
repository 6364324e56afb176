import type { Context, Template } from "liquidjs";
import { Liquid } from "liquidjs";
import { AbortTag } from "./abort-tag.ts";
import { BoundedEmitter } from "./bounded-emitter.ts";

/** Limits of one template (parse) and of one rendered input (the rest), whoever wrote them. */
export const limits = { parseChars: 100_000, renderMs: 200, memory: 1_000_000 } as const;

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
    ...(outputEscape ? { outputEscape } : {}),
  });
  // With nothing to include they could only fail while rendering; without them the check finds it.
  for (const tag of ["include", "render", "layout", "block"]) delete engine.tags[tag];
  engine.registerTag("abort", AbortTag);
  boundOutput(engine);
  return engine;
}

// What a template writes counts as memory too: a loop over a long literal, or a capture that doubles itself,
// allocates nothing that a filter would be charged for.
function boundOutput(engine: Liquid): void {
  const { renderer } = engine;
  const render = renderer.renderTemplates.bind(renderer);
  renderer.renderTemplates = (templates: Template[], context: Context, emitter = new BoundedEmitter(context)) =>
    render(templates, context, emitter);
}
