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

const sql = /* sql */ `
select kind, value, profile_id from identities
where workspace_id = $1 and kind = '${identityKinds.user}' and value = any($2::text[])
union all
select kind, value, profile_id from identities
where workspace_id = $1 and kind = '${identityKinds.anonymous}' and value = any($3::text[])`;
