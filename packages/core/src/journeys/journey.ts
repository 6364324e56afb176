/** A journey as stored; its versions stand apart. Times are milliseconds since the epoch. */
export interface Journey {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly status: JourneyStatus;
  /** The version new entries go to; null before the first publish. */
  readonly liveVersion: number | null;
  /** What becomes of entries until it is resumed; null while it is not paused. */
  readonly pausedEntries: PausedEntries | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type JourneyStatus = "draft" | "live" | "paused" | "closing" | "closed" | "stopped";

/** Entries into a paused journey are kept and decided on resume, or refused. */
export type PausedEntries = "buffer" | "drop";

interface JourneyRow {
  id: string;
  key: string;
  name: string;
  status: JourneyStatus;
  live_version: number | null;
  paused_entries: PausedEntries | null;
  created_at: number;
  updated_at: number;
}

export const journeyColumns = "id, key, name, status, live_version, paused_entries, created_at, updated_at";

export function toJourney(row: JourneyRow): Journey {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    status: row.status,
    liveVersion: row.live_version,
    pausedEntries: row.status === "paused" ? (row.paused_entries ?? "buffer") : null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export type { JourneyRow };
