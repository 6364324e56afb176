import { hardWords, hardWordsFirst } from "./hard-words.ts";
import { softWords } from "./soft-words.ts";

/** What a server's words say of the address; undefined when they are none that are known. */
export function bounceByWords(text: string): "hard" | "soft" | undefined {
  const says = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(text));
  if (says(hardWordsFirst)) return "hard";
  if (says(softWords)) return "soft";
  return says(hardWords) ? "hard" : undefined;
}
