import type { Json } from "../json.ts";
import { jsonEqual } from "../json-equal.ts";
import type { CompareOp } from "../language/predicate.ts";

type Compare = (left: Json, right: Json) => boolean;

/** Each comparison of two values that are there. */
export const comparisons: { readonly [op in CompareOp]: Compare } = {
  eq: jsonEqual,
  ne: (left, right) => !jsonEqual(left, right),
  lt: (left, right) => order(left, right) < 0,
  lte: (left, right) => order(left, right) <= 0,
  gt: (left, right) => order(left, right) > 0,
  gte: (left, right) => order(left, right) >= 0,
  in: (left, right) => Array.isArray(right) && includes(right, left),
  contains: (left, right) => (Array.isArray(left) ? includes(left, right) : holds(left, right)),
  startsWith: (left, right) => typeof left === "string" && typeof right === "string" && left.startsWith(right),
  endsWith: (left, right) => typeof left === "string" && typeof right === "string" && left.endsWith(right),
};

/** Numbers among themselves and strings among themselves have an order; of all else it is NaN, which compares false. */
function order(left: Json, right: Json): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  if (typeof left !== "string" || typeof right !== "string") return Number.NaN;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function holds(text: Json, part: Json): boolean {
  return typeof text === "string" && typeof part === "string" && text.includes(part);
}

function includes(list: readonly Json[], value: Json): boolean {
  return list.some((element) => jsonEqual(element, value));
}
