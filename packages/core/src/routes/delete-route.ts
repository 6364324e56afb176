import { WendError } from "@wend/plugin";
import type { Tx } from "../store/transaction.ts";
import { lockRoute } from "./load-route.ts";
import { findNamedActions } from "./named-actions.ts";

/**
 * Takes a route away; what was planned by it stays with its connection. Throws `route.not_found`, `route.in_use` while a
 * live journey, or a run under way, names it.
 */
export async function deleteRoute(tx: Tx, idOrKey: string): Promise<{ id: string }> {
  const { id, key } = await lockRoute(tx, idOrKey);
  const journeys = new Set((await findNamedActions(tx, key)).map(({ journey }) => journey));
  if (journeys.size > 0) {
    throw new WendError("route.in_use", { pointer: "/route", detail: `Named by: ${[...journeys].join(", ")}.` });
  }
  await tx.run("delete from routes where workspace_id = $1 and id = $2", [tx.workspaceId, id]);
  return { id };
}
