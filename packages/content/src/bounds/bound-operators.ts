import type { Context } from "liquidjs";
import { defaultOperators } from "liquidjs";
import { checkSteps, checkTime, isLarge } from "./bound.ts";
import { compareSteps, searchSteps } from "./steps.ts";

type Operators = typeof defaultOperators;
type Binary = (value: unknown, other: unknown, context: Context) => ReturnType<Operators[string]>;

const bounded = (name: string): Binary => {
  const operator = defaultOperators[name] as Binary;
  return (value, other, context) => {
    if (isLarge(value) || isLarge(other)) {
      checkTime(context);
      checkSteps(
        (name === "contains" && typeof value === "string" ? searchSteps : compareSteps)({
          value,
          args: [other],
          context,
        }),
      );
    }
    return operator(value, other, context);
  };
};

/** As `==` in a condition. */
export const equals = bounded("==");

/** Liquid's operators; each looks at the clock, and refuses texts and lists that take too long to search or compare. */
export const boundOperators: Operators = {
  ...Object.fromEntries(Object.keys(defaultOperators).map((name) => [name, bounded(name)])),
  "==": equals,
  not: defaultOperators.not!,
};
