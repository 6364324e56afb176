import { plainArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { InboxRow } from "../take.ts";

/**
 * Removes exactly the rows that were taken. Never by range: a row of an older position may have been
 * committed since, and nobody has seen it yet. Materialized, because row-level security keeps a condition that calls
 * a function out of the index.
 */
export function deleteRows(tx: Tx, shard: number, rows: readonly InboxRow[]): Promise<number> {
  return tx.run(
    `with u as materialized (
       select to_timestamp(received_at) as received_at, id from unnest($3::float8[], $4::uuid[]) as u (received_at, id)
     )
     delete from inbox i using u
     where i.workspace_id = $1 and i.shard = $2 and i.received_at = u.received_at and i.id = u.id`,
    [tx.workspaceId, shard, timeArray(rows.map((row) => row.receivedAt)), plainArray(rows.map((row) => row.id))],
  );
}
