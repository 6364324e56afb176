import type { DeliveryTarget, Store } from "@wend/core";

/** The connections of some channels, or of all, in all workspaces. */
export async function findTargets(store: Store, channels: "all" | readonly string[]): Promise<DeliveryTarget[]> {
  const { rows } = await store.router.query<{ workspace_id: number; id: string }>(
    "select workspace_id, id from connections where $1::text[] is null or channel = any($1)",
    [channels === "all" ? null : channels],
  );
  return rows.map((row) => ({ workspaceId: row.workspace_id, connectionId: row.id }));
}
