import { PAGE_SIZE } from "./find-modified.ts";
import type { ObjectCursor } from "./poll-cursor.ts";

/** The search index lags behind by some seconds; what was changed this recently is looked at again. */
const INDEX_LAG_MS = 30_000;

export interface Page {
  /** In the order in which they were found. */
  readonly records: readonly { readonly id: string; readonly at: number }[];
  readonly now: number;
}

export interface Next {
  readonly cursor: ObjectCursor;
  readonly more: boolean;
}

/** Where to go on after a page. */
export function nextCursor(cursor: ObjectCursor, { records, now }: Page): Next {
  const isFull = records.length === PAGE_SIZE;
  const last = records.at(-1);
  if (cursor.tie !== undefined) return afterTie(cursor, isFull ? last?.id : undefined);
  if (last === undefined || !isFull) return endSweep(cursor.from, last === undefined ? cursor.at : last.at + 1, now);
  const ofLast = records.filter(({ at }) => at === last.at).map(({ id }) => id);
  const seen = [...new Set([...(last.at === cursor.at ? cursor.seen : []), ...ofLast])];
  // A page of one instant alone leads nowhere by time.
  const isTie = records[0]?.at === last.at;
  return { cursor: { from: cursor.from, at: last.at, seen, ...(isTie && { tie: "0" }) }, more: true };
}

function afterTie({ from, at, seen }: ObjectCursor, lastId: string | undefined): Next {
  const cursor = lastId === undefined ? { from, at: at + 1, seen: [] } : { from, at, seen, tie: lastId };
  return { cursor, more: true };
}

/** Nothing more was found from `edge` on. */
function endSweep(from: number, edge: number, now: number): Next {
  const at = Math.min(edge, Math.max(from, now - INDEX_LAG_MS));
  return { cursor: { from: at, at, seen: [] }, more: false };
}
