import { listDeliveries, loadDelivery } from "@wend/core";
import { z } from "zod";
import { pageById, pageOf } from "../schema/page.ts";
import { procedure, router } from "../trpc.ts";
import { deliveryDetail, deliveryState, deliverySummary } from "./schema.ts";

export const deliveriesRouter = router({
  /** One delivery with the send gate's checks and every call to the provider. Throws `delivery.not_found`. */
  get: procedure("deliveries:read")
    .input(z.strictObject({ id: z.uuid() }))
    .output(deliveryDetail)
    .query(({ ctx, input }) => ctx.inTenant((tx) => loadDelivery(tx, input.id))),

  /**
   * Deliveries, the youngest first; with `state: "unknown"` those that wait for an operator's decision. One page looks
   * through 50,000 deliveries at most, so that with filters a page may come back short, even empty: only `next: null`
   * is the end. A profile's, and those of unknown outcome, are found at once.
   */
  list: procedure("deliveries:read")
    .input(
      z
        .strictObject({
          state: deliveryState.optional(),
          channel: z.string().min(1).max(100).optional(),
          connectionId: z.uuid().optional(),
          profileId: z.uuid().optional(),
          journeyId: z.uuid().optional(),
          ...pageById,
        })
        .prefault({}),
    )
    .output(pageOf(deliverySummary))
    .query(({ ctx, input }) => ctx.inTenant((tx) => listDeliveries(tx, input))),
});
