import { WendError } from "@wend/plugin";
import { mjmlLimits } from "./mjml-limits.ts";
import { placeOf } from "./place-of.ts";

const include = /<\s*mj-include\b/i;
// A path of Liquid that leads to what JavaScript put there, not to data: `x.constructor`, `x["__proto__"]`.
const prototypes = /(?:\.\s*|\[\s*["'])(__proto__|constructor|prototype)\b/;
const liquid = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;

/** Refuses what no MJML may do, before and after its Liquid was rendered. */
export function refuseMjml(source: string): void {
  if (source.length > mjmlLimits.chars) {
    throw refused(`an MJML document has at most ${mjmlLimits.chars} characters, not ${source.length}`);
  }
  const at = source.search(include);
  if (at !== -1) throw refused(`mj-include is off: no file is read, ${placeOf(source, at)}`);
}

/** Refuses Liquid that reaches for a prototype. Elsewhere it reads nothing; here it is told. */
export function refusePrototypes(source: string): void {
  for (const { 0: tag, index } of source.matchAll(liquid)) {
    const found = prototypes.exec(tag);
    if (found) throw refused(`${found[1]} cannot be read, ${placeOf(source, index + found.index)}`);
  }
}

const refused = (detail: string) => new WendError("content.invalid_template", { detail });
