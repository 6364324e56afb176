import { ingestLimits } from "../limits.ts";

const special = /[~/]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what it looks for
const nul = /\0/g;

/** RFC 6901: one reference token, with what no answer can carry replaced. */
export function pointerToken(key: string | number): string {
  if (typeof key === "number") return String(key);
  const text = key.toWellFormed().replace(nul, "\u{fffd}");
  return special.test(text) ? text.replaceAll("~", "~0").replaceAll("/", "~1") : text;
}

/** The pointer of a path, or of its deepest ancestor whose pointer is of bearable length: keys may be huge. */
export function pointerOf(path: readonly (string | number)[]): string {
  let pointer = "";
  for (const key of path) {
    const longer = `${pointer}/${pointerToken(key)}`;
    if (longer.length > ingestLimits.pointerLength) break;
    pointer = longer;
  }
  return pointer;
}
