import { plainArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";

/** Moves queued deliveries that may not be called yet; no attempt is counted, and the clock does not look for them. */
export function deferDeliveries(tx: Tx, ids: readonly string[], ms: number): Promise<number> {
  return tx.run(
    `update deliveries d set due_at = to_timestamp($3 / 1000e0) from unnest($2::uuid[]) as u (id)
     where d.workspace_id = $1 and d.id = u.id
       and case when d.state = 'queued' and d.due_at < to_timestamp($3 / 1000e0) then true end`,
    [tx.workspaceId, plainArray([...ids].sort()), tx.now + ms],
  );
}
