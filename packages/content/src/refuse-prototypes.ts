import { WendError } from "@wend/plugin";
import { placeOf } from "./place-of.ts";

const opening = /\{\{|\{%/g;
// A name that leads to what JavaScript put there, not to data: `x.constructor`, `x["__proto__"]`. Or a text, which may
// say anything; or the end of the tag.
const found =
  /(?:\.\s*|(?<![\w-]))(__proto__|constructor|prototype)(?![\w-])|\[\s*["'](__proto__|constructor|prototype)["']|"[^"]*"|'[^']*'|\}\}|%\}/g;

/** Refuses Liquid that reaches for a prototype. It would read nothing: whoever writes it is told. */
export function refusePrototypes(source: string): void {
  opening.lastIndex = 0;
  while (opening.test(source)) opening.lastIndex = endOfTag(source, opening.lastIndex);
}

function endOfTag(source: string, start: number): number {
  found.lastIndex = start;
  for (let match = found.exec(source); match; match = found.exec(source)) {
    const name = match[1] ?? match[2];
    if (name !== undefined) throw refused(`${name} cannot be read, ${placeOf(source, match.index)}`);
    if (match[0] === "}}" || match[0] === "%}") return found.lastIndex;
  }
  return source.length;
}

const refused = (detail: string) => new WendError("content.invalid_template", { detail });
