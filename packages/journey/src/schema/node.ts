import { z } from "zod";
import { limits } from "../language/limits.ts";
import type { Node, OutcomePolicy } from "../language/node.ts";
import { durationSchema, nameSchema, variableSchema } from "./leaf.ts";
import { operandSchema, predicateSchema } from "./predicate.ts";

const jsonObjectSchema = z.record(z.string(), z.json());

const branches = <Branch extends z.ZodType>(branch: Branch) => z.array(branch).min(1).max(limits.branches);

const delaySchema = z.strictObject({ type: z.literal("delay"), for: durationSchema, next: nameSchema });

const waitForEventSchema = z.strictObject({
  type: z.literal("waitForEvent"),
  branches: branches(
    z.strictObject({
      event: nameSchema,
      where: predicateSchema.optional(),
      as: variableSchema.optional(),
      next: nameSchema,
    }),
  ),
  timeout: z.strictObject({ after: durationSchema, next: nameSchema }),
});

const splitSchema = z.strictObject({
  type: z.literal("split"),
  branches: branches(z.strictObject({ label: nameSchema.optional(), when: predicateSchema, next: nameSchema })),
  else: nameSchema,
});

const randomSplitSchema = z.strictObject({
  type: z.literal("randomSplit"),
  salt: nameSchema.optional(),
  by: z.enum(["profile", "entry"]).optional(),
  branches: branches(
    z.strictObject({ label: nameSchema.optional(), weight: z.number().min(0).max(limits.weight), next: nameSchema }),
  ),
});

const outcomeSchema: z.ZodType<OutcomePolicy> = z.discriminatedUnion("policy", [
  z.strictObject({ policy: z.literal("continue") }),
  z.strictObject({ policy: z.literal("exit") }),
  z.strictObject({
    policy: z.literal("branch"),
    failed: nameSchema,
    suppressed: nameSchema,
    unknown: nameSchema.optional(),
  }),
]);

const sendSchema = z.strictObject({
  type: z.literal("send"),
  connection: nameSchema,
  action: nameSchema,
  input: jsonObjectSchema,
  topic: nameSchema.optional(),
  purpose: z.enum(["promotional", "transactional", "mandatory"]).optional(),
  outcome: outcomeSchema,
  as: variableSchema.optional(),
  next: nameSchema,
});

const writesSchema = z.record(nameSchema, operandSchema);

const updateProfileSchema = z.strictObject({
  type: z.literal("updateProfile"),
  set: writesSchema.optional(),
  unset: z.array(nameSchema).optional(),
  increment: writesSchema.optional(),
  append: writesSchema.optional(),
  next: nameSchema,
});

const webhookSchema = z.strictObject({
  type: z.literal("webhook"),
  connection: nameSchema,
  action: nameSchema.optional(),
  input: jsonObjectSchema,
  outcome: outcomeSchema,
  as: variableSchema.optional(),
  next: nameSchema,
});

const endSchema = z.strictObject({ type: z.literal("end"), outcome: nameSchema });

export const nodeSchema: z.ZodType<Node> = z.discriminatedUnion("type", [
  delaySchema,
  waitForEventSchema,
  splitSchema,
  randomSplitSchema,
  sendSchema,
  updateProfileSchema,
  webhookSchema,
  endSchema,
]);
