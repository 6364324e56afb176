import { listRuns, loadRun, retryRun } from "@wend/core";
import { z } from "zod";
import { pageById, pageOf } from "../schema/page.ts";
import { procedure, router } from "../trpc.ts";
import { runDetail, runStatus, runSummary } from "./schema.ts";

export const runsRouter = router({
  /**
   * One run: the event that made it enter, the steps it made with the branch and its inputs, the visit under way with
   * what it waits for and until when, and the error that parked it. Throws `run.not_found`.
   */
  get: procedure("runs:read")
    .input(
      z.strictObject({
        id: z.uuid(),
        stepsBefore: z
          .int()
          .min(1)
          .max(2 ** 31 - 1)
          .optional()
          .describe("gives the 500 steps before that sequence"),
      }),
    )
    .output(runDetail)
    .query(({ ctx, input }) => ctx.inTenant((tx) => loadRun(tx, input.id, input.stepsBefore))),

  /**
   * Runs, the youngest first. One page looks through 50,000 runs at most, so that with a `status` a page may come back
   * short, even empty: only `next: null` is the end.
   */
  list: procedure("runs:read")
    .input(
      z
        .strictObject({
          journeyId: z.uuid().optional(),
          profileId: z.uuid().optional(),
          status: runStatus.optional(),
          ...pageById,
        })
        .prefault({}),
    )
    .output(pageOf(runSummary))
    .query(({ ctx, input }) => ctx.inTenant((tx) => listRuns(tx, input))),

  /**
   * Lets a run that an error parked visit its node again, then decide what it kept meanwhile, in order. Answers once
   * that is stored; `runs.get` shows what became of it. Throws `run.not_found`, `run.wrong_state`.
   */
  retry: procedure("runs:write")
    .input(z.strictObject({ id: z.uuid() }))
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) =>
      ctx.inTenantThenWake((tx) => retryRun(tx, { runId: input.id, shards: ctx.credential.shards })),
    ),
});
