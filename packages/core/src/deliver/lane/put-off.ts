import { inBusyWorkspace } from "../../store/transaction.ts";
import { moveDeliveries } from "../move/move-deliveries.ts";
import { sendOn } from "../move/send-on.ts";
import { deferDeliveries } from "../record/defer-deliveries.ts";
import type { DeliverRuntime, DeliveryTarget } from "../runtime.ts";

export interface PutOff {
  readonly ids: readonly string[];
  readonly waitMs: number;
  /** The provider is taken to be down: what a route planned goes to another member, if one can take it. */
  readonly isDown: boolean;
}

/** Puts back what was not claimed, or sends it on; no attempt is counted. Returns the ids that wait. */
export async function putOff(
  runtime: DeliverRuntime,
  { workspaceId, connectionId }: DeliveryTarget,
  { ids, waitMs, isDown }: PutOff,
): Promise<readonly string[]> {
  const moved = await inBusyWorkspace(runtime.store, workspaceId, async (tx) => {
    const routed = await deferDeliveries(tx, ids, waitMs);
    return isDown && routed.length > 0 ? moveDeliveries(tx, { connectionId, ids: routed, isDown }) : [];
  });
  if (moved.length === 0) return ids;
  sendOn(runtime, workspaceId, moved);
  const gone = new Set(moved.map(({ id }) => id));
  return ids.filter((id) => !gone.has(id));
}
