import type { NamedRead } from "../compile/types.ts";
import type { Operand } from "../language/operand.ts";
import type { Predicate } from "../language/predicate.ts";
import type { Compiling } from "./compiling.ts";
import { describeOperand, describePredicate } from "./describe.ts";
import { compileOperand, literalOf } from "./operand.ts";
import { compilePredicate } from "./predicate.ts";

/** Longest name under which an input is recorded. */
const NAME = 120;

/**
 * For each predicate, what it and those before it read, each once, by the name under which a step records it:
 * whoever takes a branch was tested on all branches above, so their inputs belong to the verdict.
 */
export function compileInputs(predicates: readonly Predicate[], c: Compiling): NamedRead[][] {
  const known = new Map<string, NamedRead>();
  return predicates.map((predicate) => {
    for (const input of inputsOf(predicate, c)) {
      if (!known.has(input.name)) known.set(input.name, shorten(input, known.size));
    }
    return [...known.values()];
  });
}

function inputsOf(predicate: Predicate, c: Compiling): NamedRead[] {
  switch (predicate.op) {
    case "all":
    case "any":
      return predicate.of.flatMap((inner) => inputsOf(inner, c));
    case "not":
      return inputsOf(predicate.of, c);
    case "exists":
      return inputOf(predicate.value, c);
    case "did":
      return [{ name: describePredicate(predicate), read: compilePredicate(predicate, c) }];
    default:
      return [...inputOf(predicate.left, c), ...inputOf(predicate.right, c)];
  }
}

function inputOf(operand: Operand, c: Compiling): NamedRead[] {
  if (literalOf(operand) !== undefined) return [];
  return [{ name: describeOperand(operand), read: compileOperand(operand, c) }];
}

// The number keeps shortened names apart.
function shorten(input: NamedRead, index: number): NamedRead {
  if (input.name.length <= NAME) return input;
  return { name: `${input.name.slice(0, NAME)}… #${index + 1}`, read: input.read };
}
