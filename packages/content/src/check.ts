import type { Problem } from "@wend/plugin";
import { jsonPointer, WendError } from "@wend/plugin";
import type { Rendered, TemplateKind, TemplateKinds } from "./input.ts";
import { compileMjml } from "./input.ts";
import { compileTemplate } from "./template.ts";

/** All faults of one field: a template, or for `json` a tree of them. Pointers are relative to `source`. */
export function checkTemplate(source: unknown, kind: TemplateKind): Problem[] {
  if (kind === "json") return checkTree(source, "");
  return typeof source === "string" ? checkText(source, kind, "") : [];
}

/** All faults of an input's templates, with pointers into the input. */
export function checkInput(input: Rendered, templates: TemplateKinds): Problem[] {
  return Object.entries(templates).flatMap(([field, kind]) =>
    kind === undefined ? [] : checkTemplate(input[field], kind).map((problem) => below(field, problem)),
  );
}

function checkTree(value: unknown, pointer: string): Problem[] {
  if (typeof value === "string") return checkText(value, "text", pointer);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => checkTree(item, pointer + jsonPointer([key])));
}

function checkText(source: string, kind: Exclude<TemplateKind, "json">, pointer: string): Problem[] {
  try {
    if (kind === "mjml") compileMjml(source);
    else compileTemplate(source, kind);
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
