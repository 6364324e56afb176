import type { Json } from "../json.ts";
import type { Predicate } from "./predicate.ts";

/** A value in a predicate or a node: written as it is, or read when it is needed. */
export type Operand = Literal | Ref | Quoted | CountOperand | SumOperand;

/** A scalar or a list, meaning itself. An object that should mean itself is wrapped in {@link Quoted}. */
export type Literal = string | number | boolean | null | readonly Json[];

/** Any JSON, meaning itself. */
export interface Quoted {
  readonly literal: Json;
}

/**
 * Reads a value by its path: `profile.plan`, `event.properties.order.id`, `vars.order.total`,
 * `signal.properties.total` (the event that just arrived), `item.properties.total` (inside a history `where`).
 * A key that holds a dot is written with `\.`.
 */
export interface Ref {
  readonly ref: string;
}

/** Which events of the profile's history count. */
export interface HistoryQuery {
  /** Name of the event. */
  readonly event: string;
  /** Tested on each of them, as `item`. */
  readonly where?: Predicate;
  /** ISO 8601 duration back from now, inclusive: exact (`PT24H`) or calendar days (`P30D`). Absent: ever. */
  readonly within?: string;
}

/** How many events there were. */
export interface CountOperand {
  readonly count: HistoryQuery;
}

/** The sum of a number over the events; an event without a number there adds nothing. */
export interface SumOperand {
  readonly sum: HistoryQuery & { readonly of: string };
}
