import type { Context } from "liquidjs";
import { maxParts, maxSteps, weightOf } from "./bound.ts";

/** One call of a filter or an operator. */
export interface Call {
  readonly value: unknown;
  readonly args: readonly unknown[];
  readonly context: Context;
}

/** Steps that looking for a text in another can take: the engine compares it at every position, if it comes to that. */
export const searchSteps = ({ value, args: [wanted], context }: Call): number =>
  charsOf(value, context) * charsOf(wanted, context);

/** Steps that it can take to compare lists, item by item. */
export const compareSteps = ({ value, context }: Call): number =>
  Array.isArray(value) ? stepsOfItem * weightOf(value, context).parts : 0;

/**
 * Filters whose work is more than their input is long, and the steps that a call can take. What the others do is in
 * proportion to a value that is bounded, or is interrupted between two items.
 */
export const stepsOf: { readonly [filter: string]: ((call: Call) => number) | undefined } = {
  split: searchSteps,
  remove: searchSteps,
  remove_first: searchSteps,
  remove_last: searchSteps,
  replace: searchSteps,
  replace_first: searchSteps,
  replace_last: searchSteps,
  sort: sortSteps,
  sort_natural: sortSteps,
  sample: sampleSteps,
  json: indentSteps,
  jsonify: indentSteps,
  inspect: indentSteps,
  date: ({ args: [format], context }) => stepsOfDirective * charsOf(format, context),
  where: pathSteps,
  reject: pathSteps,
  group_by: pathSteps,
  has: pathSteps,
  find: pathSteps,
  find_index: pathSteps,
  map: pathSteps,
  sum: pathSteps,
};

const stepsOfItem = 1_000;
const stepsOfCompare = 10;
// Two characters, `%c`, can ask for a whole date in the words of the locale.
const stepsOfDirective = 50_000;

function sortSteps({ value, args: [path], context }: Call): number {
  if (!Array.isArray(value)) return charsOf(value, context);
  const compares = comparesOf(value.length);
  // So few that it does not matter what is compared.
  const heaviest = compares * maxParts < maxSteps ? 0 : heaviestOf(value, context);
  return compares * (stepsOfCompare + heaviest) + value.length * charsOf(path, context);
}

// It sorts at random, and a text is a list of its characters.
function sampleSteps(call: Call): number {
  const { value, context } = call;
  return Array.isArray(value) ? sortSteps(call) : comparesOf(charsOf(value, context)) * stepsOfCompare;
}

const comparesOf = (length: number): number => length * Math.log2(length + 1);

const heaviestOf = (list: readonly unknown[], context: Context): number =>
  list.reduce<number>((most, item) => Math.max(most, weightOf(item, context).parts), 0);

// Every line begins with its indentation, which JavaScript cuts to ten characters.
function indentSteps({ value, args: [space], context }: Call): number {
  const indent = Math.min(10, typeof space === "string" ? space.length : Number(space) || 0);
  if (indent <= 0) return 0;
  const { parts, depth } = weightOf(value, context);
  return parts * depth * indent;
}

// The path is read anew by each call, and followed for each item.
function pathSteps({ args: [path], context }: Call): number {
  return stepsOfItem * charsOf(path, context);
}

function charsOf(value: unknown, context: Context): number {
  if (typeof value === "string") return value.length;
  return typeof value === "object" && value !== null ? weightOf(value, context).parts : 20;
}
