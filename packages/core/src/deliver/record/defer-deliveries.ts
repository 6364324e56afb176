import { plainArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";

/**
 * Moves the time of queued deliveries that may not be called yet; no attempt is counted, and the clock does not look
 * for them. Returns the ids of those that a route planned.
 */
export async function deferDeliveries(tx: Tx, ids: readonly string[], ms: number): Promise<string[]> {
  const routed = await tx.rows<{ id: string }>(
    `with deferred as (
       update deliveries d set due_at = to_timestamp($3 / 1000e0) from unnest($2::uuid[]) as u (id)
       where d.workspace_id = $1 and d.id = u.id
         and case when d.state = 'queued' and d.due_at < to_timestamp($3 / 1000e0) then true end
       returning d.id, d.route_id
     )
     select id from deferred where route_id is not null`,
    [tx.workspaceId, plainArray([...ids].sort()), tx.now + ms],
  );
  return routed.map(({ id }) => id);
}
