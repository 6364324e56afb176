import type { DeliverRuntime } from "../runtime.ts";
import type { MovedDelivery } from "./move-deliveries.ts";

/** Dispatches deliveries that were moved, after the commit; what the queues do not take is left to the clock. */
export function sendOn(
  { queues }: Pick<DeliverRuntime, "queues">,
  workspaceId: number,
  moved: readonly MovedDelivery[],
) {
  for (const [connectionId, rows] of Map.groupBy(moved, (delivery) => delivery.connectionId)) {
    const ids = rows.map(({ id }) => id);
    void queues.dispatch({ workspaceId, connectionId }, ids).catch(() => {});
  }
}
