import { WendError } from "@wend/plugin";
import type { Tx } from "../../store/transaction.ts";

/**
 * Where an item stands among all items of a profile. Of one instant: events, consents, refused entries, then what
 * runs did, run by run and step by step, so that a cause always precedes its effect.
 */
export interface Position {
  readonly at: number;
  readonly phase: number;
  readonly key: string;
}

export const phases = { event: 0, consent: 1, refused: 2, run: 3 } as const;

/** After everything: where the newest page begins. */
const end: Position = { at: Number.POSITIVE_INFINITY, phase: 9, key: "" };

/** Newest first. */
export function comparePositions(a: Position, b: Position): number {
  if (a.at !== b.at) return b.at - a.at;
  if (a.phase !== b.phase) return b.phase - a.phase;
  return a.key < b.key ? 1 : -1;
}

export function toCursor({ at, phase, key }: Position): string {
  return Buffer.from(JSON.stringify([at, phase, key])).toString("base64url");
}

const shape = /^\[(-?\d{1,16}),(\d),"([0-9a-f/-]{0,100})"\]$/;

/** The position a cursor names; throws `request.invalid_field` when it is none of ours. */
export function parseCursor(cursor: string | undefined): Position {
  if (cursor === undefined) return end;
  const [, at, phase, key] = shape.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (key === undefined) {
    throw new WendError("request.invalid_field", { pointer: "/before", detail: "It is not a cursor of a timeline." });
  }
  return { at: Number(at), phase: Number(phase), key };
}

/** What a source is asked for: its items before a position, newest first. */
export interface SourceQuery {
  readonly profileId: string;
  readonly before: Position;
  readonly limit: number;
}

/** The parameters that every source's statement shares: $1 to $6. */
export function sourceValues(tx: Tx, { profileId, before, limit }: SourceQuery): unknown[] {
  return [tx.workspaceId, profileId, before.at / 1000, before.phase, before.key, limit];
}

/** The condition on a source's rows: the bare instant is what an index can use, the triple cuts exactly. */
export function isBefore(at: string, phase: number, key: string): string {
  return `${at} <= to_timestamp($3::float8) and (${at}, ${phase}, ${key} collate "C") < (to_timestamp($3::float8), $4::int, $5)`;
}
