import { WendError } from "@wend/plugin";
import { placeOf } from "../place-of.ts";
import { mjmlLimits } from "./mjml-limits.ts";

const include = /<\s*mj-include\b/i;

/** Refuses what no MJML may do, before and after its Liquid was rendered. */
export function refuseMjml(source: string): void {
  if (source.length > mjmlLimits.chars) {
    throw refused(`an MJML document has at most ${mjmlLimits.chars} characters, not ${source.length}`);
  }
  const at = source.search(include);
  if (at !== -1) throw refused(`mj-include is off: no file is read, ${placeOf(source, at)}`);
}

const refused = (detail: string) => new WendError("content.invalid_template", { detail });
