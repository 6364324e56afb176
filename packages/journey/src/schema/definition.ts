import { z } from "zod";
import type { EntryRule, Exit, Goal, JourneyDefinition, Trigger } from "../language/definition.ts";
import { limits } from "../language/limits.ts";
import { durationSchema, nameSchema, timeZoneSchema } from "./leaf.ts";
import { nodeSchema } from "./node.ts";
import { operandSchema, predicateSchema } from "./predicate.ts";

const triggerSchema: z.ZodType<Trigger> = z.strictObject({
  type: z.literal("event"),
  event: nameSchema,
  where: predicateSchema.optional(),
});

const entrySchema: z.ZodType<EntryRule> = z.strictObject({
  key: operandSchema.optional(),
  reentry: z.enum(["never", "afterExit", "always"]),
  cooldown: durationSchema.optional(),
});

const goalShape = {
  event: nameSchema.optional(),
  where: predicateSchema.optional(),
  when: predicateSchema.optional(),
};

const exitSchema: z.ZodType<Exit> = z.strictObject({ name: nameSchema, ...goalShape });
const goalSchema: z.ZodType<Goal> = z.strictObject(goalShape);

/** The shape of a definition; what shape alone cannot say is checked by `validateJourney`. */
export const definitionSchema: z.ZodType<JourneyDefinition> = z.strictObject({
  name: nameSchema,
  timeZone: timeZoneSchema,
  triggers: z.array(triggerSchema).min(1).max(limits.triggers),
  filter: predicateSchema.optional(),
  entry: entrySchema.optional(),
  exits: z.array(exitSchema).max(limits.exits).optional(),
  goal: goalSchema.optional(),
  start: nameSchema,
  nodes: z.record(nameSchema, nodeSchema),
});
