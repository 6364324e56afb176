import type { Problem } from "@wend/plugin";
import { jsonPointer, WendError } from "@wend/plugin";
import type { Rendered, TemplateKind, TemplateKinds } from "./input.ts";
import { compileMjml } from "./input.ts";
import { ParseBudget } from "./parse-budget.ts";
import { compileTemplate } from "./template.ts";

/** All faults of one field: a template, or for `json` a tree of them. Pointers are relative to `source`. */
export function checkTemplate(source: unknown, kind: TemplateKind): Problem[] {
  return checkField(source, kind, new ParseBudget());
}

/** All faults of an input's templates, with pointers into the input. */
export function checkInput(input: Rendered, templates: TemplateKinds): Problem[] {
  const budget = new ParseBudget();
  return Object.entries(templates).flatMap(([field, kind]) =>
    kind === undefined ? [] : checkField(input[field], kind, budget).map((problem) => below(field, problem)),
  );
}

function checkField(source: unknown, kind: TemplateKind, budget: ParseBudget): Problem[] {
  if (kind === "json") return checkTree(source, "", budget);
  if (typeof source !== "string") return [];
  return problemsOf("", budget, () => {
    if (kind === "mjml") compileMjml(source, budget);
    else compileTemplate(source, kind, budget);
  });
}

function checkTree(value: unknown, pointer: string, budget: ParseBudget): Problem[] {
  if (typeof value === "string") return problemsOf(pointer, budget, () => compileTemplate(value, "text", budget));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => checkTree(item, pointer + jsonPointer([key]), budget));
}

function problemsOf(pointer: string, budget: ParseBudget, compile: () => void): Problem[] {
  // It was said once; what follows may be right.
  if (budget.isSpent) return [];
  try {
    compile();
    return [];
  } catch (error) {
    if (!(error instanceof WendError)) throw error;
    return [
      {
        code: error.code,
        pointer,
        message: error.detail ?? error.message,
        fix: "Correct the template where `message` says.",
      },
    ];
  }
}

const below = (field: string, problem: Problem): Problem => ({
  ...problem,
  pointer: jsonPointer([field]) + problem.pointer,
});
