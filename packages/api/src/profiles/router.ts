import { loadProfile, profileTimeline, resolveProfileId } from "@wend/core";
import { z } from "zod";
import { pageByCursor, pageOf } from "../schema/page.ts";
import { procedure, router } from "../trpc.ts";
import { namesOne, oneName, profileFields, profileName } from "./name.ts";
import { customerToken, profileDetail, tokenRequest } from "./schema.ts";
import { signToken } from "./sign-token.ts";
import { timelineItem } from "./timeline-schema.ts";

export const profilesRouter = router({
  /**
   * One customer as known now: traits, identities, consents, and the runs it is in. Name exactly one of `id`,
   * `userId`, `anonymousId`. Throws `profile.not_found`.
   */
  get: procedure("profiles:read")
    .input(z.strictObject(profileFields).refine(namesOne, oneName))
    .output(profileDetail)
    .query(({ ctx, input }) => ctx.inTenant((tx) => loadProfile(tx, profileName(input)))),

  /**
   * All that happened to a customer and why, newest first, in one list: events, changes of consent, entries and
   * refused entries, steps with their branch and inputs, deliveries with what became of them, ends. Of one instant, a
   * cause stands before its effect. Throws `profile.not_found`.
   */
  timeline: procedure("profiles:read")
    .input(z.strictObject({ ...profileFields, ...pageByCursor }).refine(namesOne, oneName))
    .output(pageOf(timelineItem))
    .query(({ ctx, input }) =>
      ctx.inTenant(async (tx) => profileTimeline(tx, await resolveProfileId(tx, profileName(input)), input)),
    ),

  /**
   * A token by which a customer's browser calls what connections serve below `/c`: as a bearer token, or as the
   * parameter `token` of an EventSource. Ask for it on a server that knows who is signed in, and give it to that page
   * alone. It holds for one connection, or for all of the workspace, and cannot be called back. Throws
   * `profile.not_found`, `connection.not_found`, `connection.secret_key_missing`.
   */
  token: procedure("profiles:write")
    .input(tokenRequest)
    .output(customerToken)
    .mutation(({ ctx, input }) => ctx.inTenant((tx) => signToken(tx, ctx.runtime.customerTokens, input))),
});
