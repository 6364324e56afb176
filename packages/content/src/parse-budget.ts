import { WendError } from "@wend/plugin";
import { limits } from "./engine.ts";
import { placeOf } from "./place-of.ts";

// A line of `{% liquid %}` is a tag as well. U+180E is a blank to Liquid, though not to JavaScript.
const piece = /\{\{|\{%-?[\s\u180e]*liquid\b|\{%|%\}|\n/g;

/** What is left of what the templates of one input may take to parse: nothing can interrupt it. */
export class ParseBudget {
  #chars: number = limits.inputChars;
  #tags: number = limits.inputTags;
  #isSpent = false;

  /** Whether a template was refused for being one too many. */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  /** Throws `content.invalid_template` for a template that is too much after the others. */
  take(source: string): void {
    // The parser refuses it without a look.
    if (source.length > limits.parseChars) return;
    const tags = tagsOf(source);
    if (tags.length > this.#tags) throw this.#spent(`${limits.inputTags} tags`, source, tags[this.#tags]!);
    if (source.length > this.#chars) throw this.#spent(`${limits.inputChars} characters`, source, this.#chars);
    this.#tags -= tags.length;
    this.#chars -= source.length;
  }

  #spent(most: string, source: string, offset: number): WendError {
    this.#isSpent = true;
    const detail = `the templates of an input have at most ${most} together, ${placeOf(source, offset)}`;
    return new WendError("content.invalid_template", { detail });
  }
}

/** Where the tags of a template begin. What stands in a comment or in `raw` counts too: Liquid reads it. */
function tagsOf(source: string): number[] {
  const tags: number[] = [];
  let isLiquid = false;
  for (const { 0: found, index } of source.matchAll(piece)) {
    if (found === "%}") isLiquid = false;
    else if (found !== "\n") {
      tags.push(index);
      isLiquid ||= found.endsWith("liquid");
    } else if (isLiquid) tags.push(index);
  }
  return tags;
}
