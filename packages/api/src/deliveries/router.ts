import { listDeliveries, loadDelivery, resendDeliveries, settleDeliveries } from "@wend/core";
import { z } from "zod";
import { pageById, pageOf } from "../schema/page.ts";
import { procedure, router } from "../trpc.ts";
import { decidedIds, deliveryDetail, deliveryState, deliverySummary, resendReport, settleReport } from "./schema.ts";

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

  /**
   * Settles up to 1,000 deliveries of unknown outcome as what the provider is found to have done with them; sends
   * nothing. A run that has gone on stays where it is, one that still waits for the outcome goes on by it. Answers for
   * each id: what is refused is unchanged. `deliveries.get` keeps who said so.
   */
  settle: procedure("deliveries:write")
    .input(z.strictObject({ ids: decidedIds, as: z.enum(["accepted", "failed"]) }))
    .output(settleReport)
    .mutation(async ({ ctx, input }) => {
      const { shards, keyId: actor } = ctx.credential;
      const { done, refused } = await ctx.inTenantThenWake((tx) => settleDeliveries(tx, { ...input, shards, actor }));
      return { settled: done, refused };
    }),

  /**
   * Has up to 1,000 deliveries of unknown outcome called again, with the same idempotency key. A provider that can be
   * asked what became of the key is asked first. The send gate is asked again too: what it stops is unknown as before,
   * with its reason. If the outcome of the new call is unknown as well, so is the delivery's. Answers for each id once
   * that is stored: what is refused is unchanged. `deliveries.get` keeps who said so.
   */
  resend: procedure("deliveries:write")
    .input(z.strictObject({ ids: decidedIds }))
    .output(resendReport)
    .mutation(async ({ ctx, input }) => {
      const { keyId: actor } = ctx.credential;
      const { done, refused } = await ctx.inTenant((tx) => resendDeliveries(tx, { ...input, actor }));
      return { resent: done, refused };
    }),
});
