import type { Context } from "liquidjs";
import type { Weight } from "./weigh.ts";
import { weigh } from "./weigh.ts";

/** Characters and items of one value. */
export const maxParts = 1_000_000;

/** Steps of about a nanosecond that one call of a filter or an operator may take: nothing can interrupt it. */
export const maxSteps = 100_000_000;

const smallText = 200;

// Data does not change while it is rendered.
const weights = new WeakMap<object, WeakMap<object, Weight>>();

/** The weight of a value, found once in a render however often it is asked for. */
export function weightOf(value: unknown, { memoryLimit }: Context): Weight {
  let known = weights.get(memoryLimit);
  if (!known) {
    known = new WeakMap();
    weights.set(memoryLimit, known);
  }
  return weigh(value, known);
}

/** Throws when the render's time is over. Liquid itself asks between nodes only, and one node can work for ever. */
export const checkTime = ({ renderLimit }: Context): void => renderLimit.check(performance.now());

/** Whether work on a value is worth a look at the clock; a node has no room for enough of the others. */
export const isLarge = (value: unknown): boolean =>
  typeof value === "string" ? value.length > smallText : typeof value === "object" && value !== null;

/** Throws when a value is larger than anything may be. */
export function checkParts(parts: number): void {
  if (parts > maxParts) throw new Error("value size limit exceeded");
}

/** Throws when a call would take too many steps. */
export function checkSteps(steps: number): void {
  if (steps > maxSteps) throw new Error("work limit exceeded");
}
