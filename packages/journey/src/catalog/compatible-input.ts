import { z } from "zod";

/** A JSON schema, as far as two of them are compared. */
type Shape = { readonly [keyword: string]: unknown };

/**
 * Whether one schema takes, and keeps, every input that another takes. What cannot be told apart by its JSON schema has to
 * be the same in both.
 */
export function takesAllOf(schema: z.ZodType, other: z.ZodType): boolean {
  return schema === other || covers(toShape(schema), toShape(other));
}

const toShape = (schema: z.ZodType): Shape => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });

const upperBounds = ["maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties"];
const lowerBounds = ["minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties"];
/** Say nothing about what is taken, or are compared by themselves. */
const ignored = new Set([
  ...upperBounds,
  ...lowerBounds,
  ..."$schema title description default examples deprecated id".split(" "),
  ..."type properties required additionalProperties items enum".split(" "),
]);

function covers(wide: Shape, narrow: Shape): boolean {
  return (
    coversType(wide.type, narrow.type) &&
    upperBounds.every((word) => isWithin(narrow[word], wide[word])) &&
    lowerBounds.every((word) => isWithin(wide[word], narrow[word], Number.NEGATIVE_INFINITY)) &&
    coversEnum(wide.enum, narrow.enum) &&
    coversFields(wide, narrow) &&
    coversItems(wide.items, narrow.items) &&
    isSameElsewhere(wide, narrow)
  );
}

function coversType(wide: unknown, narrow: unknown): boolean {
  return wide === undefined || wide === narrow || (wide === "number" && narrow === "integer");
}

// An absent bound is none.
function isWithin(low: unknown, high: unknown, none = Number.POSITIVE_INFINITY): boolean {
  const [a, b] = [low ?? none, high ?? none];
  return typeof a === "number" && typeof b === "number" && a <= b;
}

function coversEnum(wide: unknown, narrow: unknown): boolean {
  if (!Array.isArray(wide)) return true;
  return Array.isArray(narrow) && narrow.every((value) => wide.includes(value));
}

// A field that the wide one does not know would be lost in silence.
function coversFields(wide: Shape, narrow: Shape): boolean {
  const [known, asked] = [fieldsOf(wide), fieldsOf(narrow)];
  const sure = new Set(listOf(narrow.required));
  if (!listOf(wide.required).every((field) => sure.has(field))) return false;
  const rest = wide.additionalProperties;
  const named = Object.entries(asked).every(([field, shape]) => {
    const taker = Object.hasOwn(known, field) ? known[field] : isShape(rest) ? rest : undefined;
    return taker !== undefined && covers(taker, shape);
  });
  const open = narrow.additionalProperties;
  return named && (!isShape(open) || (isShape(rest) && covers(rest, open)));
}

const fieldsOf = ({ properties }: Shape): { readonly [field: string]: Shape } =>
  isShape(properties) ? (properties as { readonly [field: string]: Shape }) : {};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const isShape = (value: unknown): value is Shape =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function coversItems(wide: unknown, narrow: unknown): boolean {
  if (!isShape(wide)) return true;
  return isShape(narrow) && covers(wide, narrow);
}

function isSameElsewhere(wide: Shape, narrow: Shape): boolean {
  const words = Object.keys(wide).filter((word) => !ignored.has(word));
  return words.every((word) => JSON.stringify(wide[word]) === JSON.stringify(narrow[word]));
}
