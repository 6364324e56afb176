import { WendError } from "@wend/plugin";
import { BoundedMap } from "../bounded-map.ts";
import { placeOf } from "../place-of.ts";
import { mjmlLimits } from "./mjml-limits.ts";
import { composeInThread } from "./mjml-thread.ts";
import { refuseMjml } from "./refuse-mjml.ts";
import type { Composed, MjmlFault } from "./worker.ts";

// What says the same to everybody is composed once.
const composed = new BoundedMap<Composed>(1_000_000);

/** The HTML of a document without Liquid. Throws `content.invalid_template` or `content.render_failed`. */
export async function composeMjml(text: string): Promise<string> {
  refuseMjml(text);
  let answer = composed.get(text);
  if (answer === undefined) {
    answer = await composeInThread(text);
    composed.set(text, answer);
  }
  if ("faults" in answer) throw invalid(text, answer.faults);
  if (answer.html.length <= mjmlLimits.htmlChars) return answer.html;
  const detail = `the HTML has more than ${mjmlLimits.htmlChars} characters`;
  throw new WendError("content.render_failed", { detail });
}

function invalid(text: string, faults: readonly MjmlFault[]): WendError {
  const detail = faults.map((fault) => fault.message + whereOf(text, fault)).join("; ");
  return new WendError("content.invalid_template", { detail: detail.slice(0, 300) });
}

// MJML names the line; the column is that of the tag in it.
function whereOf(text: string, { line, tag }: MjmlFault): string {
  if (line === undefined) return ", line:1, col:1";
  const start =
    text
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length + (line > 1 ? 1 : 0);
  const found = tag === undefined ? -1 : text.indexOf(`<${tag}`, start);
  return `, ${placeOf(text, found === -1 ? start : found)}`;
}
