/** An instant for people: `2026-11-21 20:14:18 UTC`. */
export function instantWords(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** A name set off from the sentence around it. */
export function quoted(name: string): string {
  return `“${name}”`;
}

/** `a`, `a or b`, `a, b or c`. */
export function orList(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
