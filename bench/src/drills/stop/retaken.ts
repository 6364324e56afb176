import { inWorkspace } from "@wend/core";
import type { Stage } from "../stage/stage.ts";

/** Whether every delivery whose worker let its lease run out has found another worker. */
export async function isRetaken({ store, place }: Stage): Promise<boolean> {
  const [row] = await inWorkspace(store, place.workspace.id, (tx) =>
    tx.rows<{ retaken: boolean }>(
      `select not exists (
         select from deliveries where workspace_id = $1 and state = 'sending' and due_at <= to_timestamp($2 / 1000e0)
       ) as retaken`,
      [tx.workspaceId, tx.now],
    ),
  );
  return row!.retaken;
}
