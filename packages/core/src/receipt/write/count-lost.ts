import type { Tx } from "../../store/transaction.ts";

/** Counts facts of a connection that were let go, for its operator; last in a transaction, since all its facts share the row. */
export async function countLost(tx: Tx, connectionId: string, lost: number): Promise<void> {
  if (lost === 0) return;
  await tx.run(
    `update connections set lost_facts = lost_facts + $3, lost_facts_at = to_timestamp($4 / 1000e0)
     where workspace_id = $1 and id = $2`,
    [tx.workspaceId, connectionId, lost, tx.now],
  );
}
