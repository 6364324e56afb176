import { jsonPointer } from "@wend/plugin";
import type { Catalog } from "../language/catalog.ts";
import { limits } from "../language/limits.ts";
import { findActionProblems } from "./actions.ts";
import { checkBounds } from "./bounds.ts";
import { findEntryKeyProblems } from "./entry-key.ts";
import { findExitProblems } from "./exits.ts";
import { findGraphProblems } from "./graph.ts";
import { findNodeProblems } from "./nodes.ts";
import { findPlaces } from "./places.ts";
import { findPlaceProblems } from "./predicates.ts";
import type { JourneyProblem } from "./problem.ts";
import { createProblem } from "./problem.ts";
import { entriesOf, getOwn, isObject } from "./raw.ts";
import { findSchemaProblems } from "./schema-problems.ts";
import { findVars } from "./vars.ts";

/**
 * All problems of a definition at once; none means that it can be published. Connections, actions and their input
 * are checked when a catalog is given. Never throws on JSON.
 */
export function validateJourney(input: unknown, catalog?: Catalog): JourneyProblem[] {
  const bounds = checkBounds(input);
  if (!bounds.bounded || !isObject(input)) return unique([...bounds.problems, ...shapeOf(input, bounds.bounded)]);
  const shape = findSchemaProblems(input);
  return unique([
    ...bounds.problems,
    ...shape,
    ...findTooMany(input),
    ...findGraphProblems(input),
    ...findNodeProblems(input),
    ...findExitProblems(input),
    ...findEntryKeyProblems(input),
    ...findReadProblems(input, shape, catalog),
    ...(catalog === undefined ? [] : findActionProblems(input, catalog)),
  ]);
}

function shapeOf(input: unknown, bounded: boolean): JourneyProblem[] {
  return bounded ? [createProblem("journey.invalid_field", [], `a definition is an object, not ${kindOf(input)}`)] : [];
}

function kindOf(input: unknown): string {
  if (input === null || input === undefined) return String(input);
  return Array.isArray(input) ? "a list" : `a ${typeof input}`;
}

function findTooMany(input: unknown): JourneyProblem[] {
  const count = entriesOf(getOwn(input, "nodes")).length;
  if (count <= limits.nodes) return [];
  return [createProblem("journey.limit_exceeded", ["nodes"], `at most ${limits.nodes} nodes, and there are ${count}`)];
}

/** Predicates and operands are read where their own shape is right, whatever is broken around them. */
function findReadProblems(
  input: unknown,
  shape: readonly JourneyProblem[],
  catalog: Catalog | undefined,
): JourneyProblem[] {
  const vars = findVars(input, catalog);
  const broken = new Set(shape.flatMap((problem) => withAncestors(problem.pointer)));
  return findPlaces(input)
    .filter((place) => !broken.has(jsonPointer(place.path)))
    .flatMap((place) => findPlaceProblems(input, place, vars));
}

function withAncestors(pointer: string): string[] {
  const segments = pointer.split("/");
  return segments.map((_, index) => segments.slice(0, index + 1).join("/"));
}

function unique(problems: readonly JourneyProblem[]): JourneyProblem[] {
  return [...new Map(problems.map((problem) => [`${problem.code} ${problem.pointer}`, problem])).values()];
}
