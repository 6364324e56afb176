import { plainArray, textArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { NewIdentity } from "./assign.ts";
import { identityKinds } from "./names.ts";

export interface NewProfile {
  readonly id: string;
  readonly createdAt: number;
}

/**
 * Stores new identities and profiles. False when another transaction was first with one of them: then nothing of this
 * transaction may stay, and a second try will find what the other one made.
 */
export async function addIdentities(
  tx: Tx,
  identities: readonly NewIdentity[],
  profiles: readonly NewProfile[],
): Promise<boolean> {
  if (identities.length === 0) return true;
  // One order in all processes: two that insert the same identities wait for each other, never in a circle.
  const sorted = [...identities].sort(byKey);
  const [row] = await tx.rows<{ added: number }>(sql, [
    tx.workspaceId,
    textArray(sorted.map(({ kind }) => kind)),
    textArray(sorted.map(({ value }) => value)),
    plainArray(sorted.map(({ profileId }) => profileId)),
    plainArray(sorted.map(({ names }) => names)),
    plainArray(profiles.map(({ id }) => id)),
    timeArray(profiles.map(({ createdAt }) => createdAt)),
  ]);
  return row!.added === identities.length;
}

function byKey(a: NewIdentity, b: NewIdentity): number {
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  return a.value < b.value ? -1 : 1;
}

const sql = {
  name: "add-identities",
  text: /* sql */ `
with added as (
  insert into identities (workspace_id, kind, value, profile_id)
  select $1, n.kind, n.value, n.profile_id
  from unnest($2::text[], $3::text[], $4::uuid[], $5::boolean[]) as n (kind, value, profile_id, names)
  where not n.names or not exists (
    select from identities i
    where i.workspace_id = $1 and i.profile_id = n.profile_id and i.kind = '${identityKinds.user}')
  on conflict do nothing
  returning 1
), created as (
  insert into profiles (workspace_id, id, created_at, updated_at)
  select $1, p.id, to_timestamp(p.at), to_timestamp(p.at) from unnest($6::uuid[], $7::float8[]) as p (id, at)
)
select count(*)::integer as added from added`,
};
