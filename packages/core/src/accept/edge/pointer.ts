import { ingestLimits } from "../limits.ts";

const special = /[~/]/;

/** RFC 6901: one reference token, with what no answer can carry replaced. */
export function pointerToken(key: string | number): string {
  if (typeof key === "number") return String(key);
  const text = key.toWellFormed().replaceAll("\0", "\u{fffd}");
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
