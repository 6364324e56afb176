import { WendError } from "@wend/plugin";
import type { Tx } from "../store/transaction.ts";

/**
 * Makes sure that neither a connection nor a route of the workspace has the key, until this transaction ends: journeys
 * name both by it. Throws `connection.key_taken`.
 */
export async function claimKey(tx: Tx, key: string): Promise<void> {
  // What two transactions insert at the same time neither would see, and it is two tables.
  await tx.rows("select pg_advisory_xact_lock(hashtextextended('connection keys', $1))", [tx.workspaceId]);
  const [taken] = await tx.rows(
    `select 1 from connections where workspace_id = $1 and key = $2
     union all select 1 from routes where workspace_id = $1 and key = $2`,
    [tx.workspaceId, key],
  );
  if (taken) throw new WendError("connection.key_taken", { pointer: "/key", detail: `The key is ${key}.` });
}
