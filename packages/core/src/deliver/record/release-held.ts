import type { Tx } from "../../store/transaction.ts";
import { holdReasons } from "../limits/hold.ts";

/** Under other limits what waits may not have to; one statement can only wake so many, and the others come by themselves. */
const mostReleased = 10_000;

/** Has what waits for a quota or a domain's turn looked at again now, the oldest first. */
export function releaseHeld(tx: Tx, connectionId: string): Promise<number> {
  return tx.run(
    `update deliveries d set due_at = to_timestamp($3 / 1000e0), reason = null
     from (
       select id from deliveries
       where workspace_id = $1 and connection_id = $2 and due_at > to_timestamp($3 / 1000e0)
         and state = 'queued' and reason = any($4)
       order by id limit $5 for update
     ) held
     where d.workspace_id = $1 and d.id = held.id`,
    [tx.workspaceId, connectionId, tx.now, holdReasons, mostReleased],
  );
}
