import { WendError } from "@wend/plugin";
import { identityKinds } from "../accept/identity/names.ts";
import { isUuid } from "../ids.ts";
import type { Tx } from "../store/transaction.ts";

/** A profile by its own id, or by a name it is known by. */
export type ProfileName = { readonly id: string } | { readonly userId: string } | { readonly anonymousId: string };

/** The id of the profile of that name; throws `profile.not_found`. */
export async function resolveProfileId(tx: Tx, name: ProfileName): Promise<string> {
  const [row] = "id" in name ? await byId(tx, name.id) : await byIdentity(tx, name);
  if (!row) throw new WendError("profile.not_found");
  return row.id;
}

async function byId(tx: Tx, id: string): Promise<{ id: string }[]> {
  if (!isUuid(id)) return [];
  return tx.rows("select id from profiles where workspace_id = $1 and id = $2", [tx.workspaceId, id]);
}

function byIdentity(tx: Tx, name: { userId: string } | { anonymousId: string }): Promise<{ id: string }[]> {
  const [kind, value] =
    "userId" in name ? [identityKinds.user, name.userId] : [identityKinds.anonymous, name.anonymousId];
  return tx.rows("select profile_id as id from identities where workspace_id = $1 and kind = $2 and value = $3", [
    tx.workspaceId,
    kind,
    value,
  ]);
}
