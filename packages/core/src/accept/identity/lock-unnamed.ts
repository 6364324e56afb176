import { plainArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import { identityKinds } from "./names.ts";

/**
 * Locks profiles that are about to get their first user id, so that two processes cannot give one profile two, and
 * tells which of them have one already. Locked in the order of their ids: whoever locks several does the same.
 */
export async function lockUnnamed(tx: Tx, profileIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (profileIds.length === 0) return new Set();
  const sorted = plainArray([...profileIds].sort());
  const rows = await tx.rows<{ id: string; named: boolean }>(sql, [tx.workspaceId, sorted]);
  return new Set(rows.filter((row) => row.named).map((row) => row.id));
}

const sql = /* sql */ `
select p.id, exists (
  select from identities i
  where i.workspace_id = $1 and i.profile_id = p.id and i.kind = '${identityKinds.user}') as named
from unnest($2::uuid[]) as n (id) cross join lateral (
  select id from profiles where workspace_id = $1 and id = n.id for no key update) p`;
