/**
 * Texts that anybody can send and that cannot be stored as they are: NUL, half of a character, what is longer than a fact
 * may say, and what becomes half of a character when it is cut at an odd or an even place.
 */
export const oddTexts: readonly string[] = [
  "\0",
  "\ud83d",
  "x".repeat(600),
  "\u{1f4a5}".repeat(6_000),
  `x${"\u{1f4a5}".repeat(6_000)}`,
];
