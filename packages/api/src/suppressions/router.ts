import { z } from "zod";
import { procedure, router } from "../trpc.ts";
import { channelAddress, newSuppressions, pastSuppressions, suppression } from "./schema.ts";

export const suppressionsRouter = router({
  /**
   * Puts addresses on the suppression list, up to 1,000 at once, all or nothing: nothing is sent to them any more,
   * whatever the consent. In force when it answers, for what is not under way at the provider by then. An address that
   * is on the list keeps its reason and time, except that `unsubscribed`, which its owner may take back, gives way. The list holds keyed hashes and no address. Throws
   * `suppression.key_unavailable`.
   */
  add: procedure("suppressions:write")
    .input(newSuppressions)
    .output(z.object({ added: z.int().describe("those that were not on the list") }))
    .mutation(async ({ ctx, input: { items, reason } }) => ({
      added: await ctx.inTenant((tx) => ctx.runtime.suppressions.add(tx, items, reason)),
    })),

  /**
   * Takes addresses off the suppression list, up to 1,000 at once, all or nothing. Throws
   * `suppression.key_unavailable`.
   */
  remove: procedure("suppressions:write")
    .input(pastSuppressions)
    .output(z.object({ removed: z.int().describe("those that were on the list") }))
    .mutation(async ({ ctx, input: { items } }) => ({
      removed: await ctx.inTenant((tx) => ctx.runtime.suppressions.remove(tx, items)),
    })),

  /**
   * Whether an address is on the suppression list, why and since when. It is asked by POST, so that the address stands
   * in no URL and in no access log. Throws `suppression.key_unavailable`.
   */
  check: procedure("suppressions:read")
    .input(channelAddress)
    .output(suppression)
    .mutation(async ({ ctx, input }) => {
      const [found] = await ctx.inTenant((tx) => ctx.runtime.suppressions.find(tx, [input]));
      return { suppressed: found !== undefined, reason: found?.reason ?? null, createdAt: found?.at ?? null };
    }),
});
