import { WendError } from "@wend/plugin";
import { placeOf } from "./place-of.ts";

const opening = /\{\{|\{%/g;
// A name that leads to what JavaScript put there, not to data: `x.constructor`, `x["__proto__"]`. Or a text, which may
// say anything, escaped quotes and the end of the tag included; or that end.
const found =
  /(?:\.\s*|(?<![\w-]))(__proto__|constructor|prototype)(?![\w-])|\[\s*["'](__proto__|constructor|prototype)["']|"(?:[^"\\]|\\.?)*"?|'(?:[^'\\]|\\.?)*'?|\}\}/gs;

/** Refuses Liquid that reaches for a prototype. It would read nothing: whoever writes it is told. */
export function refusePrototypes(source: string): void {
  opening.lastIndex = 0;
  for (let match = opening.exec(source); match; match = opening.exec(source)) {
    opening.lastIndex = (match[0] === "{{" ? endOfOutput : endOfTag)(source, opening.lastIndex);
  }
}

function endOfOutput(source: string, start: number): number {
  found.lastIndex = start;
  for (let match = found.exec(source); match; match = found.exec(source)) {
    refuseName(match, source, match.index);
    if (match[0] === "}}") return found.lastIndex;
  }
  return source.length;
}

// A tag ends at the first `%}`, in a text as well.
function endOfTag(source: string, start: number): number {
  const end = source.indexOf("%}", start);
  if (end === -1) return source.length;
  found.lastIndex = 0;
  for (const match of source.slice(start, end).matchAll(found)) refuseName(match, source, start + match.index);
  return end;
}

function refuseName([, dotted, bracketed]: RegExpExecArray, source: string, offset: number): void {
  const name = dotted ?? bracketed;
  if (name === undefined) return;
  throw new WendError("content.invalid_template", { detail: `${name} cannot be read, ${placeOf(source, offset)}` });
}
