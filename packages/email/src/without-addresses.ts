/** What a server said, on one line of at most 200 characters: it is stored and logged, and must not hold an address. */
export function withoutAddresses(words: string): string {
  return words
    .replace(/[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]+/g, "…")
    .replace(/\s+/g, " ")
    .slice(0, 200);
}
