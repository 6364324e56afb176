import type { JsonObject, RunError, RunState } from "@wend/journey";

/** A run as the API shows it in a list. Times are milliseconds since the epoch. */
export interface RunSummary extends Omit<RunState, "vars" | "visits"> {
  /** When the goal was reached; null when it was not. */
  readonly goalAt: number | null;
}

export interface RunRow {
  id: string;
  journey_id: string;
  version: number;
  profile_id: string;
  entry_key: string;
  status: RunState["status"];
  node_id: string;
  since: number;
  seq: number;
  wake_at: number | null;
  started_at: number;
  ended_at: number | null;
  ended_by: RunState["endedBy"];
  outcome: string | null;
  error: RunError | null;
  goal_at: number | null;
}

export const runColumns =
  "id, journey_id, version, profile_id, entry_key, status, node_id, since, seq, wake_at, started_at, ended_at, " +
  "ended_by, outcome, error, goal_at";

export function toRunSummary(row: RunRow): RunSummary {
  return {
    id: row.id,
    journeyId: row.journey_id,
    version: row.version,
    profileId: row.profile_id,
    entryKey: row.entry_key,
    status: row.status,
    nodeId: row.node_id,
    since: row.since,
    seq: row.seq,
    wakeAt: row.wake_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    endedBy: row.ended_by,
    outcome: row.outcome,
    error: row.error,
    goalAt: row.goal_at,
  };
}

/** One completed visit of a node. */
export interface StepView {
  readonly seq: number;
  readonly nodeId: string;
  readonly type: string;
  readonly enteredAt: number;
  readonly leftAt: number;
  /** The branch taken. */
  readonly outcome: string;
  /** Inputs and verdict. */
  readonly detail: JsonObject | null;
  /** The same in a sentence. */
  readonly says: string;
}
