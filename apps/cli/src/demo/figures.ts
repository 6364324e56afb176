import type { Runtime, Workspace } from "@wend/core";
import { inWorkspace } from "@wend/core";

/** What stands in Wend's own tables. */
export interface Figures {
  readonly profiles: number;
  readonly runs: number;
  readonly active: number;
  readonly ended: number;
  readonly failed: number;
  /** Ended runs by reason and label. */
  readonly endings: Readonly<Record<string, number>>;
  readonly steps: number;
  /** Deliveries by channel and state. */
  readonly deliveries: readonly { readonly channel: string; readonly state: string; readonly count: number }[];
}

export function loadFigures(runtime: Runtime, workspace: Workspace): Promise<Figures> {
  return inWorkspace(runtime.store, workspace.id, async (tx) => {
    const [totals, runs, deliveries] = await Promise.all([
      tx.rows<{ profiles: number; steps: number }>(
        `select (select count(*) from profiles where workspace_id = $1) as profiles,
           (select count(*) from steps where workspace_id = $1) as steps`,
        [workspace.id],
      ),
      tx.rows<{ status: string; ended_by: string | null; outcome: string | null; count: number }>(
        `select status, ended_by, outcome, count(*) as count from runs
         where workspace_id = $1 group by status, ended_by, outcome order by count desc`,
        [workspace.id],
      ),
      tx.rows<{ channel: string; state: string; count: number }>(
        `select channel, state, count(*) as count from deliveries
         where workspace_id = $1 group by channel, state order by channel, state`,
        [workspace.id],
      ),
    ]);
    const of = (status: string) => runs.filter((row) => row.status === status).reduce((sum, row) => sum + row.count, 0);
    const ended = runs.filter((row) => row.status === "ended");
    return {
      ...totals[0]!,
      runs: runs.reduce((sum, row) => sum + row.count, 0),
      active: of("active"),
      ended: of("ended"),
      failed: of("failed"),
      endings: Object.fromEntries(
        ended.map((row) => [[row.ended_by, row.outcome].filter(Boolean).join(" "), row.count]),
      ),
      deliveries,
    };
  });
}
