import { limits } from "../language/limits.ts";
import type { HistoryQuery, Operand } from "../language/operand.ts";
import type { Predicate } from "../language/predicate.ts";
import type { Place } from "./places.ts";
import type { JourneyProblem, Path } from "./problem.ts";
import { createProblem } from "./problem.ts";
import { getPath, isObject } from "./raw.ts";
import type { RefScope } from "./refs.ts";
import { findRefProblems, findSumProblems } from "./refs.ts";
import type { Vars } from "./vars.ts";

interface Walk extends RefScope {
  readonly depth: number;
  readonly inHistory: boolean;
}

/** What is wrong in a predicate or operand whose shape is right. */
export function findPlaceProblems(input: unknown, place: Place, vars: Vars): JourneyProblem[] {
  const walk: Walk = { roots: place.roots, vars, depth: 1, inHistory: false };
  const value = getPath(input, place.path);
  return place.kind === "predicate"
    ? checkPredicate(value as Predicate, place.path, walk)
    : checkOperand(value as Operand, place.path, walk);
}

function checkPredicate(predicate: Predicate, path: Path, walk: Walk): JourneyProblem[] {
  if (walk.depth > limits.predicateDepth) {
    return [createProblem("journey.predicate_too_deep", path, `at most ${limits.predicateDepth} levels`)];
  }
  const deeper = { ...walk, depth: walk.depth + 1 };
  switch (predicate.op) {
    case "all":
    case "any":
      return predicate.of.flatMap((inner, index) => checkPredicate(inner, [...path, "of", index], deeper));
    case "not":
      return checkPredicate(predicate.of, [...path, "of"], deeper);
    case "exists":
      return checkOperand(predicate.value, [...path, "value"], walk);
    case "did":
      return checkHistory(predicate, path, walk);
    default:
      return [
        ...checkOperand(predicate.left, [...path, "left"], walk),
        ...checkOperand(predicate.right, [...path, "right"], walk),
      ];
  }
}

function checkOperand(operand: Operand, path: Path, walk: Walk): JourneyProblem[] {
  if (!isObject(operand)) return [];
  if ("ref" in operand) return findRefProblems(operand.ref as string, [...path, "ref"], walk);
  if ("count" in operand) return checkHistory(operand.count as HistoryQuery, [...path, "count"], walk);
  if (!("sum" in operand)) return [];
  const sum = operand.sum as HistoryQuery & { readonly of: string };
  return [...checkHistory(sum, [...path, "sum"], walk), ...findSumProblems(sum.of, [...path, "sum", "of"])];
}

function checkHistory(query: HistoryQuery, path: Path, walk: Walk): JourneyProblem[] {
  if (walk.inHistory) return [createProblem("journey.nested_history", path)];
  if (query.where === undefined) return [];
  return checkPredicate(query.where, [...path, "where"], {
    ...walk,
    roots: [...walk.roots, "item"],
    depth: walk.depth + 1,
    inHistory: true,
  });
}
