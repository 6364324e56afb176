import type { ComparePredicate, Predicate } from "../language/predicate.ts";
import { comparisons } from "./compare.ts";
import type { Compiling } from "./compiling.ts";
import { compileDid } from "./history.ts";
import { compileOperand, literalOf } from "./operand.ts";
import type { Test } from "./scope.ts";

/** A predicate as a closure. */
export function compilePredicate(predicate: Predicate, c: Compiling): Test {
  switch (predicate.op) {
    case "all":
      return compileAll(predicate.of.map((inner) => compilePredicate(inner, c)));
    case "any":
      return compileAny(predicate.of.map((inner) => compilePredicate(inner, c)));
    case "not": {
      const inner = compilePredicate(predicate.of, c);
      return (scope) => !inner(scope);
    }
    case "exists": {
      const read = compileOperand(predicate.value, c);
      return (scope) => read(scope) !== undefined;
    }
    case "did":
      return compileDid(predicate, predicate.times ?? 1, c);
    default:
      return compileComparison(predicate, c);
  }
}

function compileAll(tests: readonly Test[]): Test {
  return (scope) => {
    for (const test of tests) if (!test(scope)) return false;
    return true;
  };
}

function compileAny(tests: readonly Test[]): Test {
  return (scope) => {
    for (const test of tests) if (test(scope)) return true;
    return false;
  };
}

// A comparison with a missing value is false, whichever it is.
function compileComparison({ op, left, right }: ComparePredicate, c: Compiling): Test {
  const compare = comparisons[op];
  const readLeft = compileOperand(left, c);
  const literal = literalOf(right);
  if (literal !== undefined) {
    return (scope) => {
      const value = readLeft(scope);
      return value !== undefined && compare(value, literal);
    };
  }
  const readRight = compileOperand(right, c);
  return (scope) => {
    const value = readLeft(scope);
    if (value === undefined) return false;
    const other = readRight(scope);
    return other !== undefined && compare(value, other);
  };
}
