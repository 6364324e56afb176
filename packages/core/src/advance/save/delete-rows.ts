import { plainArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { InboxRow } from "../take.ts";

/**
 * Removes exactly the rows that were taken. Never by range alone: a row of an older position may have been committed
 * since, and nobody has seen it yet. The range says where in the index they stand side by side.
 */
export function deleteRows(tx: Tx, shard: number, rows: readonly InboxRow[]): Promise<number> {
  return tx.run(deleteRowsSql, [
    tx.workspaceId,
    shard,
    rows[0]!.receivedAt,
    rows.at(-1)!.receivedAt + 1,
    plainArray(rows.map((row) => row.id)),
  ]);
}

// In a case the list is hashed once; in the open, planned ahead, it would be searched for every row of the range.
const deleteRowsSql = {
  name: "delete-rows",
  text: /* sql */ `
delete from inbox
where workspace_id = $1 and shard = $2 and received_at >= to_timestamp($3 / 1000e0)
  and received_at < to_timestamp($4 / 1000e0) and case when id in (select unnest($5::uuid[])) then true end`,
};
