import { z } from "zod";
import type { ObjectKind } from "../change.ts";

const instant = z.int().min(0);

const objectCursor = z.object({
  /** Changes from here on are told: earlier ones were, before the sweep began that is under way. */
  from: instant,
  /** Where the sweep is: records that were changed at this instant or later are still to be looked at. */
  at: instant,
  /** Those of that very instant that were looked at. */
  seen: z.array(z.string()),
  /** While more records than a page holds were changed at one instant: the last id that was looked at. */
  tie: z.string().optional(),
});

export type ObjectCursor = z.infer<typeof objectCursor>;

const cursor = z.object({ contact: objectCursor.optional(), deal: objectCursor.optional() });

export type PollCursor = { readonly [Kind in ObjectKind]?: ObjectCursor | undefined };

/** Where a kind of record is begun with. */
export const startAt = (from: number): ObjectCursor => ({ from, at: from, seen: [] });

export const readCursor = (text: string | null): PollCursor => (text === null ? {} : cursor.parse(JSON.parse(text)));

export const writeCursor = (at: PollCursor): string => JSON.stringify(at);
