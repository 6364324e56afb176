import { inWorkspace } from "@wend/core";
import type { Stage } from "./stage.ts";

const most = 10;

/** Prints why dead letters died and runs were parked. */
export async function explainGivenUp({ store, place }: Pick<Stage, "store" | "place">): Promise<void> {
  const rows = await inWorkspace(store, place.workspace.id, (tx) =>
    tx.rows(
      `select 'dead letter' as what, shard, code, detail, row ->> 'kind' as kind, received_at as at, died_at as ended
       from dead_letters where workspace_id = $1
       union all
       select 'parked run', null, error ->> 'code', error ->> 'detail', error ->> 'nodeId', entry_at, ended_at
       from runs where workspace_id = $1 and status = 'failed'
       limit ${most}`,
      [tx.workspaceId],
    ),
  );
  for (const row of rows) console.error(JSON.stringify(row));
}
