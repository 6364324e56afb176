import type { HistoryQuery, Operand } from "./operand.ts";

/**
 * A condition. A comparison with a missing value is false, whichever comparison it is (`ne` too); `exists` tests
 * for one. Values of different types are unequal and have no order.
 */
export type Predicate = AllPredicate | AnyPredicate | NotPredicate | ComparePredicate | ExistsPredicate | DidPredicate;

/** True when each one is. */
export interface AllPredicate {
  readonly op: "all";
  readonly of: readonly Predicate[];
}

/** True when at least one is. */
export interface AnyPredicate {
  readonly op: "any";
  readonly of: readonly Predicate[];
}

export interface NotPredicate {
  readonly op: "not";
  readonly of: Predicate;
}

/**
 * - `eq`, `ne`: equal as JSON, lists and objects too.
 * - `lt`, `lte`, `gt`, `gte`: two numbers, or two strings by code unit (so ISO 8601 instants of one zone).
 * - `in`: `left` equals an element of the list `right`.
 * - `contains`: the list `left` has an element equal to `right`, or the string `left` holds the string `right`.
 * - `startsWith`, `endsWith`: two strings.
 */
export type CompareOp = "eq" | "ne" | "lt" | "lte" | "gt" | "gte" | "in" | "contains" | "startsWith" | "endsWith";

export interface ComparePredicate {
  readonly op: CompareOp;
  readonly left: Operand;
  readonly right: Operand;
}

/** True when the value is there, be it null. */
export interface ExistsPredicate {
  readonly op: "exists";
  readonly value: Operand;
}

/** True when the profile did it at least `times` times (once unless stated), up to the signal under decision. */
export interface DidPredicate extends HistoryQuery {
  readonly op: "did";
  readonly times?: number;
}
