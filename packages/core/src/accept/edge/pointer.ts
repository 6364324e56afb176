import { jsonPointer } from "@wend/plugin";
import { ingestLimits } from "../limits.ts";

/** The pointer of a path whose keys may be anything: what no answer can carry is replaced. */
export const safePointer = (path: readonly (string | number)[]): string => jsonPointer(path.map(safeKey));

const safeKey = (key: string | number): string | number =>
  typeof key === "number" ? key : key.toWellFormed().replaceAll("\0", "\u{fffd}");

/** The pointer of a path, or of its deepest ancestor whose pointer is of bearable length: keys may be huge. */
export function pointerOf(path: readonly (string | number)[]): string {
  let pointer = "";
  for (const key of path) {
    const longer = pointer + safePointer([key]);
    if (longer.length > ingestLimits.pointerLength) break;
    pointer = longer;
  }
  return pointer;
}
