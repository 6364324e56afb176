import { WendError } from "@wend/plugin";
import type { Store } from "../store/connect.ts";
import { inWorkspace } from "../store/transaction.ts";
import { keyCacheOf } from "./key-cache.ts";

/** Ends a key: at once in this process, within five seconds in every other. Revoking it again changes nothing. */
export async function revokeApiKey(store: Store, workspaceId: number, id: string): Promise<void> {
  const found = await inWorkspace(store, workspaceId, (tx) =>
    tx.run("update api_keys set revoked_at = coalesce(revoked_at, $3) where workspace_id = $1 and id = $2", [
      workspaceId,
      id,
      new Date(tx.now),
    ]),
  );
  if (found === 0) throw new WendError("auth.key_not_found", { detail: id });
  keyCacheOf(store).forget(id);
}
