import { z } from "zod";
import { limits } from "../language/limits.ts";
import type { HistoryQuery, Operand } from "../language/operand.ts";
import type { CompareOp, Predicate } from "../language/predicate.ts";
import { durationSchema, nameSchema } from "./leaf.ts";

const compareOps = [
  "eq",
  "ne",
  "lt",
  "lte",
  "gt",
  "gte",
  "in",
  "contains",
  "startsWith",
  "endsWith",
] as const satisfies readonly CompareOp[];

// Operands and predicates hold each other; the lazy reference ties the knot.
const nested: z.ZodType<Predicate> = z.lazy(() => predicateSchema);

const queryShape = {
  event: nameSchema,
  where: nested.optional(),
  within: durationSchema.optional(),
};

const sumSchema: z.ZodType<HistoryQuery & { readonly of: string }> = z.strictObject({ ...queryShape, of: nameSchema });

export const operandSchema: z.ZodType<Operand> = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.json()).max(limits.listLength),
  z.strictObject({ literal: z.json() }),
  z.strictObject({ ref: nameSchema }),
  z.strictObject({ count: z.strictObject(queryShape) }),
  z.strictObject({ sum: sumSchema }),
]);

const severalSchema = z.array(nested).min(1).max(limits.listLength);

export const predicateSchema: z.ZodType<Predicate> = z.discriminatedUnion("op", [
  z.strictObject({ op: z.literal("all"), of: severalSchema }),
  z.strictObject({ op: z.literal("any"), of: severalSchema }),
  z.strictObject({ op: z.literal("not"), of: nested }),
  z.strictObject({ op: z.enum(compareOps), left: operandSchema, right: operandSchema }),
  z.strictObject({ op: z.literal("exists"), value: operandSchema }),
  z.strictObject({ op: z.literal("did"), ...queryShape, times: z.int().min(1).optional() }),
]);
