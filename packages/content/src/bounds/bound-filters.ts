import type { Context, Liquid } from "liquidjs";
import { checkParts, checkSteps, checkTime, isLarge, weightOf } from "./bound.ts";
import { stepsOf } from "./steps.ts";

type Filters = Liquid["filters"];
type Handler = Extract<Filters[string], (...args: never[]) => unknown>;

/** What they return can be larger than all that they were given. The others choose from it, or write a text. */
const growing = new Set(["concat", "push", "unshift", "group_by"]);

const itemsPerLook = 16;

/** Makes every filter stop in time, and refuse beforehand what it could not stop. */
export function boundFilters(filters: Filters): void {
  for (const [name, filter] of Object.entries(filters)) {
    if (typeof filter === "function") filters[name] = bounded(name, filter);
  }
}

function bounded(name: string, filter: Handler): Handler {
  const steps = stepsOf[name];
  const isGrowing = growing.has(name);
  return function (value, ...args) {
    const { context } = this;
    if (steps || isLarge(value) || args.some(isLarge)) checkTime(context);
    if (steps) checkSteps(steps({ value, args, context }));
    const result: unknown = filter.call(this, value, ...args);
    if (isGenerator(result)) return timed(result, { context, isGrowing });
    if (isGrowing) checkParts(weightOf(result, context).parts);
    else if (typeof result === "string") checkParts(result.length);
    return result;
  };
}

// A filter of items yields for each of them.
function* timed(steps: Generator, { context, isGrowing }: { context: Context; isGrowing: boolean }): Generator {
  let step = steps.next();
  for (let items = 1; !step.done; items++) {
    if (items % itemsPerLook === 0) checkTime(context);
    step = steps.next(yield step.value);
  }
  if (isGrowing) checkParts(weightOf(step.value, context).parts);
  return step.value;
}

const isGenerator = (value: unknown): value is Generator =>
  typeof value === "object" && value !== null && "next" in value && typeof value.next === "function";
