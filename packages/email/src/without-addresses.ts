import { storableText } from "@wend/plugin";

const mostRead = 1_000;
const mostKept = 200;

/** What a server said, on one line of at most 200 characters: it is stored and logged, and must not hold an address. */
export function withoutAddresses(words: string): string {
  // Looking for addresses takes a time that grows with the square of what is read.
  const read = storableText(words, mostRead);
  return storableText(read.replace(/[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]+/g, "…").replace(/\s+/g, " "), mostKept);
}
