/** What follows or precedes the word where it is no command. */
const after = new Set("by at and in over sign light lights on off for near watch to is was".split(" "));
const before = new Set(
  "a the this that my your his her next first last bus tram train metro subway full pit rest non one every cant dont never wont didnt doesnt not or if reply text say type send word press".split(
    " ",
  ),
);

/** `STOP` in capitals, first or last in a text that is not: a command, whatever is said around it. */
export function isShoutedStop(text: string): boolean {
  const words = text.replaceAll(/['’]/g, "").match(/[\p{L}\p{N}]+/gu) ?? [];
  if (!words.some((word) => word !== word.toUpperCase())) return false;
  const lower = words.map((word) => word.toLowerCase());
  const begins = words[0] === "STOP" && !after.has(lower[1] ?? "");
  return begins || (words.at(-1) === "STOP" && !before.has(lower.at(-2) ?? ""));
}
