/** A journey as stored; its versions stand apart. Times are milliseconds since the epoch. */
export interface Journey {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly status: JourneyStatus;
  /** The version new entries go to; null before the first publish. */
  readonly liveVersion: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type JourneyStatus = "draft" | "live" | "paused" | "closing" | "closed" | "stopped";

interface JourneyRow {
  id: string;
  key: string;
  name: string;
  status: JourneyStatus;
  live_version: number | null;
  created_at: number;
  updated_at: number;
}

export const journeyColumns = "id, key, name, status, live_version, created_at, updated_at";

export function toJourney(row: JourneyRow): Journey {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    status: row.status,
    liveVersion: row.live_version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export type { JourneyRow };
