import type { Page, PageRequest } from "../listing/page.ts";
import { scanPage } from "../listing/scan-page.ts";
import type { Tx } from "../store/transaction.ts";
import type { DeliveryRow } from "./delivery-row.ts";
import { deliveryColumns, toDeliverySummary } from "./delivery-row.ts";
import type { DeliveryState, DeliverySummary } from "./delivery-view.ts";

export interface DeliveryQuery extends PageRequest {
  readonly state?: DeliveryState | undefined;
  readonly channel?: string | undefined;
  readonly connectionId?: string | undefined;
  readonly profileId?: string | undefined;
  readonly journeyId?: string | undefined;
}

/**
 * Deliveries, the youngest first. A profile's, and those of unknown outcome, are found by index; every other
 * condition is tested while looking through them.
 */
export async function listDeliveries(tx: Tx, query: DeliveryQuery): Promise<Page<DeliverySummary>> {
  const { state, channel, connectionId, profileId, journeyId } = query;
  const seek = profileId !== undefined ? { profile_id: profileId } : { state: state === "unknown" ? state : undefined };
  const page = await scanPage<DeliveryRow>(
    tx,
    {
      table: "deliveries",
      columns: deliveryColumns,
      seek,
      filter: {
        state: "state" in seek && seek.state ? undefined : state,
        channel,
        connection_id: connectionId,
        journey_id: journeyId,
      },
    },
    query,
  );
  return { items: page.items.map(toDeliverySummary), next: page.next };
}
