import { loadProfile, profileTimeline, resolveProfileId } from "@wend/core";
import { z } from "zod";
import { pageByCursor, pageOf } from "../schema/page.ts";
import { procedure, router } from "../trpc.ts";
import { namesOne, oneName, profileFields, profileName } from "./name.ts";
import { profileDetail } from "./schema.ts";
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
});
