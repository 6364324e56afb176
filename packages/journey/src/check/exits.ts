import type { JourneyProblem, Path } from "./problem.ts";
import { createProblem } from "./problem.ts";
import { getOwn, isObject, listOf } from "./raw.ts";

/** What is wrong with exits and goal beyond their shape. */
export function findExitProblems(input: unknown): JourneyProblem[] {
  const exits = listOf(getOwn(input, "exits"));
  return [
    ...exits.flatMap(([index, exit]) => findConditionProblems(["exits", index], exit)),
    ...findConditionProblems(["goal"], getOwn(input, "goal")),
    ...findDuplicateNames(exits),
  ];
}

function findConditionProblems(path: Path, exit: unknown): JourneyProblem[] {
  if (!isObject(exit)) return [];
  const { event, where, when } = exit;
  if (event === undefined && when === undefined && where === undefined)
    return [createProblem("journey.empty_exit", path)];
  if (event === undefined && where !== undefined)
    return [createProblem("journey.where_without_event", [...path, "where"])];
  return [];
}

function findDuplicateNames(exits: readonly (readonly [number, unknown])[]): JourneyProblem[] {
  const taken = new Set<unknown>();
  return exits.flatMap(([index, exit]) => {
    const name = getOwn(exit, "name");
    if (name === undefined || !taken.has(name)) {
      taken.add(name);
      return [];
    }
    return [createProblem("journey.duplicate_exit", ["exits", index, "name"], `it is ${JSON.stringify(name)}`)];
  });
}
