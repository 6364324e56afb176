import type { JourneyDefinition } from "@wend/journey";
import { z } from "zod";
import { instant } from "../schema/instant.ts";
import { jsonObject } from "../schema/json.ts";

/** Typed for authors, unchecked here: the journey checker knows more and finds all problems at once. */
export const definition = z
  .custom<JourneyDefinition>((value) => value !== undefined, "Invalid input: expected a journey definition")
  .meta({ type: "object", description: "the journey as JSON" });

export const journeyRef = z.string().min(1).max(200).describe("id or key of the journey");

const status = z.enum(["draft", "live", "paused", "closing", "closed", "stopped"]);

export const pausedEntries = z.enum(["buffer", "drop"]);

export const journey = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  status,
  liveVersion: z.int().nullable().describe("the version new entries go to; null before the first publish"),
  pausedEntries: pausedEntries.nullable().describe("what becomes of entries while it is paused; null when it is not"),
  createdAt: instant,
  updatedAt: instant,
});

const counts = z.object({
  entered: z.int(),
  active: z.int(),
  failed: z.int().describe("those of the active that an error parked"),
  ended: z.int(),
  endedBy: z.record(z.string(), z.int()).readonly().describe("the ended ones by `end`, `goal`, `exit`"),
});

export const journeyDetail = journey.extend({
  draft: jsonObject,
  counts: counts.describe("`entered = active + ended`, always"),
});
