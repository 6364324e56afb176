import { expect, it } from "vitest";
import { z } from "zod";
import { takesAllOf } from "../../src/catalog/compatible-input.ts";

const text = z.object({ text: z.string() });

type Case = readonly [what: string, takes: boolean, wide: z.ZodType, narrow: z.ZodType];

it.each<Case>([
  ["the same", true, z.object({ text: z.string() }), text],
  ["more that may be left out", true, z.object({ text: z.string(), html: z.string().optional() }), text],
  ["more with a default", true, z.object({ text: z.string(), tries: z.int().default(3) }), text],
  ["any other field", true, z.looseObject({}).catchall(z.string()), text],
  ["more that has to be there", false, z.object({ text: z.string(), html: z.string() }), text],
  ["a field less", false, z.object({}), text],
  ["what the other may leave out", false, text, z.object({ text: z.string().optional() })],
  ["another type", false, z.object({ text: z.number() }), text],
  ["whole numbers among numbers", true, z.object({ n: z.number() }), z.object({ n: z.number().int() })],
  ["numbers as whole ones", false, z.object({ n: z.number().int() }), z.object({ n: z.number() })],
  ["longer texts", true, z.object({ text: z.string().max(9) }), z.object({ text: z.string().max(5) })],
  ["shorter texts", false, z.object({ text: z.string().max(5) }), z.object({ text: z.string().max(9) })],
  ["texts of any length as short ones", false, z.object({ text: z.string().max(5) }), text],
  ["fewer characters", false, z.object({ text: z.string().min(3) }), text],
  ["more choices", true, z.object({ a: z.enum(["x", "y"]) }), z.object({ a: z.enum(["x"]) })],
  ["fewer choices", false, z.object({ a: z.enum(["x"]) }), z.object({ a: z.enum(["x", "y"]) })],
  ["a format", false, z.object({ text: z.email() }), text],
  ["lists of more", true, z.object({ l: z.array(z.number()) }), z.object({ l: z.array(z.int()) })],
  ["lists of something else", false, z.object({ l: z.array(z.string()) }), z.object({ l: z.array(z.int()) })],
  [
    "what lies deeper",
    false,
    z.object({ o: z.object({ a: z.string() }) }),
    z.object({ o: z.object({ b: z.string() }) }),
  ],
  [
    "other alternatives",
    false,
    z.object({ a: z.union([z.string(), z.number()]) }),
    z.object({ a: z.union([z.string(), z.boolean()]) }),
  ],
])("takes all of another: %s is %s", (...[, takes, wide, narrow]) => {
  expect(takesAllOf(wide, narrow)).toBe(takes);
});
