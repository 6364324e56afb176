import { textArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";

/** Takes message ids; gives back those that nothing had taken before. */
export async function claimMessageIds(tx: Tx, messageIds: readonly string[]): Promise<ReadonlySet<string>> {
  // Sorted: two that insert the same ids wait for each other, never in a circle.
  const rows = await tx.rows<{ id: string }>(sql, [tx.workspaceId, tx.now / 1000, textArray([...messageIds].sort())]);
  return new Set(rows.map(({ id }) => id));
}

const sql = /* sql */ `
insert into message_ids (workspace_id, id, received_at)
select $1, id, to_timestamp($2) from unnest($3::text[]) as id
on conflict do nothing
returning id`;
