import { plainArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";

/** Moves queued deliveries that may not be called yet; no attempt is counted, and the clock does not look for them. */
export function deferDeliveries(tx: Tx, ids: readonly string[], ms: number): Promise<number> {
  return tx.run(
    `update deliveries set due_at = to_timestamp($3 / 1000e0)
     where workspace_id = $1 and id = any($2::uuid[]) and state = 'queued' and due_at < to_timestamp($3 / 1000e0)`,
    [tx.workspaceId, plainArray(ids), tx.now + ms],
  );
}
