import { textArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";

/** Those of the names that a published version listens to: only their events have to reach a run. */
export async function findHeardNames(tx: Tx, names: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ name: string }>(sql, [tx.workspaceId, textArray([...new Set(names)])]);
  return new Set(rows.map(({ name }) => name));
}

// Of a version that was published before it said what it listens to, nobody knows.
const sql = {
  name: "find-heard-names",
  text: /* sql */ `
select n.name from unnest($2::text[]) as n (name)
where exists (
  select from journey_versions where workspace_id = $1 and (listens is null or n.name = any(listens)))`,
};
