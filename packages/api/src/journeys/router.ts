import {
  checkDefinition,
  countRuns,
  createJourney,
  listJourneys,
  loadCatalog,
  loadJourney,
  pauseJourney,
  publishJourney,
  resumeJourney,
  updateDraft,
} from "@wend/core";
import { z } from "zod";
import { listOf } from "../schema/list.ts";
import { pageById, pageOf } from "../schema/page.ts";
import { problem } from "../schema/problem.ts";
import { procedure, router } from "../trpc.ts";
import { definition, journey, journeyDetail, journeyRef, pausedEntries } from "./schema.ts";

const key = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,62}$/, "a lower case letter, then letters, digits, - or _, at most 63")
  .describe("stable name for code and reports");

export const journeysRouter = router({
  /**
   * Stores a new journey as a draft, after all of it was checked. Throws `journey.invalid` with every problem
   * (pointers lead into the definition), `journey.key_taken`.
   */
  create: procedure("journeys:write")
    .input(z.strictObject({ key, definition }))
    .output(journey)
    .mutation(({ ctx, input }) =>
      ctx.inTenant(async (tx) => {
        const { catalog } = await loadCatalog(tx, ctx.runtime.plugins);
        return createJourney(tx, { ...input, catalog, actor: ctx.credential.keyId });
      }),
    ),

  /**
   * Replaces a journey's draft, after all of it was checked; published versions stay as they are. Throws
   * `journey.not_found`, `journey.invalid`.
   */
  update: procedure("journeys:write")
    .input(z.strictObject({ journey: journeyRef, definition }))
    .output(journey)
    .mutation(({ ctx, input }) =>
      ctx.inTenant(async (tx) => {
        const { id } = await loadJourney(tx, input.journey);
        const { catalog } = await loadCatalog(tx, ctx.runtime.plugins);
        const { definition: written } = input;
        return updateDraft(tx, { journeyId: id, definition: written, catalog, actor: ctx.credential.keyId });
      }),
    ),

  /**
   * All problems of a definition, its templates included, by the connections of the workspace; with an empty list it
   * can be published. Stores nothing.
   */
  validate: procedure("journeys:read")
    .input(z.strictObject({ definition }))
    .output(z.object({ problems: listOf(problem) }))
    .mutation(({ ctx, input }) =>
      ctx.inTenant(async (tx) => {
        const { catalog } = await loadCatalog(tx, ctx.runtime.plugins);
        return { problems: checkDefinition(input.definition, catalog) };
      }),
    ),

  /**
   * Freezes the draft as the next version. New entries go to it, runs stay on the version they entered. Throws
   * `journey.not_found`, `journey.invalid`, `journey.wrong_state`.
   */
  publish: procedure("journeys:write")
    .input(z.strictObject({ journey: journeyRef }))
    .output(z.object({ id: z.string(), version: z.int() }))
    .mutation(({ ctx, input }) =>
      ctx.inTenant(async (tx) => {
        const { catalog } = await loadCatalog(tx, ctx.runtime.plugins);
        return publishJourney(tx, { ...input, catalog, actor: ctx.credential.keyId });
      }),
    ),

  /**
   * Holds every run where it is; nobody leaves because time passed. `entries` says what becomes of those who would
   * enter: `buffer` keeps them and decides them on resume, `drop` refuses them, each with its reason. Throws
   * `journey.not_found`, `journey.wrong_state`.
   */
  pause: procedure("journeys:write")
    .input(z.strictObject({ journey: journeyRef, entries: pausedEntries.default("buffer") }))
    .output(journey)
    .mutation(({ ctx, input }) =>
      ctx.inTenant(async (tx) => {
        const { id } = await pauseJourney(tx, { ...input, actor: ctx.credential.keyId });
        return loadJourney(tx, id);
      }),
    ),

  /**
   * Takes new entries again. Runs go on with what they held, then the entries that were kept are decided, 1,000 a
   * second in all. Throws `journey.not_found`, `journey.wrong_state`.
   */
  resume: procedure("journeys:write")
    .input(z.strictObject({ journey: journeyRef }))
    .output(journey)
    .mutation(({ ctx, input }) =>
      ctx.inTenantThenWake(async (tx) => {
        const { keyId, shards } = ctx.credential;
        const { id } = await resumeJourney(tx, { ...input, shards, actor: keyId });
        return loadJourney(tx, id);
      }),
    ),

  /** One journey with its draft and how many of its runs stand where. Throws `journey.not_found`. */
  get: procedure("journeys:read")
    .input(z.strictObject({ journey: journeyRef }))
    .output(journeyDetail)
    .query(({ ctx, input }) =>
      ctx.inTenant(async (tx) => {
        const found = await loadJourney(tx, input.journey);
        return { ...found, counts: await countRuns(tx, found.id) };
      }),
    ),

  /** The workspace's journeys, the youngest first. */
  list: procedure("journeys:read")
    .input(z.strictObject(pageById).prefault({}))
    .output(pageOf(journey))
    .query(async ({ ctx, input: { limit, before } }) => {
      const found = await ctx.inTenant((tx) => listJourneys(tx, { limit: limit + 1, before }));
      const items = found.slice(0, limit);
      return { items, next: found.length > limit ? items.at(-1)!.id : null };
    }),
});
