import type { Json } from "@wend/journey";
import type { ValueType } from "../map.ts";
import { badRow } from "../records/read-records.ts";

/** A cell as the type asks for it. Throws `import.bad_row`; the caller knows the field. */
export function convert(value: Json, type: ValueType): Json {
  switch (type) {
    case "any":
      return value;
    case "text":
      return toText(value);
    case "integer":
      return toInteger(value);
    case "number":
      return toNumber(value);
    case "boolean":
      return toBoolean(value);
  }
}

export function toText(value: Json): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  throw mismatch(value, "text");
}

const integer = /^[+-]?\d+$/;
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function toInteger(value: Json): number {
  const parsed = typeof value === "string" && integer.test(value) ? Number(value) : value;
  if (Number.isSafeInteger(parsed)) return parsed as number;
  throw mismatch(value, "an integer within ±(2^53-1)");
}

// Beyond that every double is an integer that its readers may not agree on.
function toNumber(value: Json): number {
  const parsed = typeof value === "string" && decimal.test(value) ? Number(value) : value;
  if (typeof parsed === "number" && Math.abs(parsed) <= Number.MAX_SAFE_INTEGER) return parsed;
  throw mismatch(value, "a number within ±(2^53-1), with a point before its decimals");
}

const booleans = new Map<string, boolean>([
  ["true", true],
  ["yes", true],
  ["1", true],
  ["false", false],
  ["no", false],
  ["0", false],
]);

function toBoolean(value: Json): boolean {
  const parsed = typeof value === "boolean" ? value : booleans.get(String(value).toLowerCase());
  if (parsed !== undefined) return parsed;
  throw mismatch(value, "true or false");
}

function mismatch(value: Json, wanted: string): Error {
  return badRow(`${JSON.stringify(value).slice(0, 100)} is not ${wanted}.`);
}
