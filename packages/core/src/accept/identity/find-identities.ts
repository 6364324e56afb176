import { textArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { KnownNames } from "./assign.ts";
import type { IdentityKind, Names } from "./names.ts";
import { identityKinds } from "./names.ts";

interface Row {
  kind: IdentityKind;
  value: string;
  profile_id: string;
}

/** The profiles of all names that are known, in one statement. */
export async function findIdentities(
  tx: Tx,
  items: readonly Names[],
): Promise<Pick<KnownNames, "users" | "anonymous">> {
  const userIds = new Set<string>();
  const anonymousIds = new Set<string>();
  for (const { userId, anonymousId } of items) {
    if (userId !== null) userIds.add(userId);
    if (anonymousId !== null) anonymousIds.add(anonymousId);
  }
  const users = new Map<string, string>();
  const anonymous = new Map<string, string>();
  for (const row of await tx.rows<Row>(sql, [tx.workspaceId, textArray([...userIds]), textArray([...anonymousIds])])) {
    (row.kind === identityKinds.user ? users : anonymous).set(row.value, row.profile_id);
  }
  return { users, anonymous };
}

// One probe of the index for each name, spelt out: on a table without statistics `value = any(…)` reads all names of
// the workspace and throws them away. `offset 0` keeps the planner from turning it into that.
const probe = (kind: IdentityKind, values: string) => /* sql */ `
select '${kind}' as kind, n.value, i.profile_id
from unnest(${values}::text[]) as n (value) cross join lateral (
  select profile_id from identities
  where workspace_id = $1 and kind = '${kind}' and value = n.value offset 0) i`;

const sql = {
  name: "find-identities",
  text: `${probe(identityKinds.user, "$2")} union all ${probe(identityKinds.anonymous, "$3")}`,
};
