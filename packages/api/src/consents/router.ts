import { z } from "zod";
import { procedure, router } from "../trpc.ts";
import { consentChanges } from "./schema.ts";

const changed = z.object({ changed: z.int() });

export const consentsRouter = router({
  /**
   * Records that customers agreed to be written to, up to 1,000 at once, all or nothing. In force when it answers.
   * Throws `profile.not_found`.
   */
  grant: procedure("consents:write")
    .input(consentChanges)
    .output(changed)
    .mutation(async ({ ctx, input: { items, source } }) => {
      const changes = items.map((item) => ({ ...item, source, state: "granted" as const }));
      await ctx.runtime.accept.consent(ctx.credential.workspaceId, changes);
      return { changed: changes.length };
    }),

  /**
   * Records that customers no longer agree, up to 1,000 at once, all or nothing. In force when it answers: what is
   * not under way at the provider by then is not sent. Throws `profile.not_found`.
   */
  revoke: procedure("consents:write")
    .input(consentChanges)
    .output(changed)
    .mutation(async ({ ctx, input: { items, source } }) => {
      const changes = items.map((item) => ({ ...item, source, state: "revoked" as const }));
      await ctx.runtime.accept.consent(ctx.credential.workspaceId, changes);
      return { changed: changes.length };
    }),
});
