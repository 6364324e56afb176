import type { Tx } from "../store/transaction.ts";

/** `entered = active + ended`, always. */
export interface RunCounts {
  readonly entered: number;
  readonly active: number;
  /** Those of the active that an error parked; they can be retried. */
  readonly failed: number;
  readonly ended: number;
  /** The ended ones by `end`, `goal`, `exit`. */
  readonly endedBy: Readonly<Record<string, number>>;
}

/** How many runs of the journey stand where: the counts add up to all that ever entered. */
export async function countRuns(tx: Tx, journeyId: string): Promise<RunCounts> {
  const rows = await tx.rows<{ status: string; ended_by: string | null; count: number }>(
    `select status, ended_by, count(*) as count from runs
     where workspace_id = $1 and journey_id = $2 group by status, ended_by`,
    [tx.workspaceId, journeyId],
  );
  const counts = { entered: 0, active: 0, failed: 0, ended: 0, endedBy: {} as Record<string, number> };
  for (const row of rows) {
    counts.entered += row.count;
    if (row.status === "ended") {
      counts.ended += row.count;
      counts.endedBy[row.ended_by ?? "end"] = row.count;
    } else {
      counts.active += row.count;
      if (row.status === "failed") counts.failed += row.count;
    }
  }
  return counts;
}
