import type { RefRoot } from "../language/ref.ts";
import { eventFields, refRoots, splitRef } from "../language/ref.ts";
import { findStray } from "./output-path.ts";
import type { JourneyProblem, Path } from "./problem.ts";
import { createProblem } from "./problem.ts";
import type { Vars } from "./vars.ts";

/** What can be read at one place of a definition. */
export interface RefScope {
  readonly roots: readonly RefRoot[];
  readonly vars: Vars;
}

const forbidden = new Set(["", "__proto__", "constructor", "prototype"]);

/** What is wrong with a reference where it stands. */
export function findRefProblems(ref: string, path: Path, scope: RefScope): JourneyProblem[] {
  const [root, ...rest] = splitRef(ref);
  const named = JSON.stringify(ref);
  if (!isRoot(root)) return [createProblem("journey.unknown_ref_root", path, `it is ${named}`)];
  if (rest.length === 0 || rest.some((segment) => forbidden.has(segment))) {
    return [createProblem("journey.bad_ref", path, `it is ${named}`)];
  }
  if (!scope.roots.includes(root)) {
    return [createProblem("journey.ref_unavailable", path, `here can be read: ${scope.roots.join(", ")}`)];
  }
  return findFieldProblems(root, rest, { named, path, scope });
}

interface Place {
  readonly named: string;
  readonly path: Path;
  readonly scope: RefScope;
}

function findFieldProblems(root: RefRoot, rest: readonly string[], { named, path, scope }: Place): JourneyProblem[] {
  if (root === "profile") return [];
  if (root === "vars") return findVarProblems(rest, { named, path, scope });
  if (isProperty(rest) || isEventField(rest)) return [];
  const detail = `an event has ${eventFields.join(", ")} and properties.…, and this is ${named}`;
  return [createProblem("journey.bad_ref", path, detail)];
}

function findVarProblems([name, ...inside]: readonly string[], { named, path, scope }: Place): JourneyProblem[] {
  if (!scope.vars.has(name!)) return [createProblem("journey.unknown_var", path, `it is ${named}`)];
  const stray = findStray(scope.vars.get(name!), inside);
  if (stray === undefined) return [];
  const has = stray.length === 0 ? "there is nothing inside" : `there it has: ${stray.join(", ")}`;
  return [createProblem("journey.unknown_output_field", path, `${has}, and this is ${named}`)];
}

/** What is wrong with the `of` of a sum: a path inside an event. */
export function findSumProblems(of: string, path: Path): JourneyProblem[] {
  const segments = splitRef(of);
  if (isProperty(segments) && !segments.some((segment) => forbidden.has(segment))) return [];
  return [createProblem("journey.bad_ref", path, "a sum adds up a property: write properties.total")];
}

const isRoot = (root: string | undefined): root is RefRoot =>
  (refRoots as readonly (string | undefined)[]).includes(root);
const isProperty = (segments: readonly string[]) => segments[0] === "properties" && segments.length > 1;
const isEventField = (segments: readonly string[]) =>
  segments.length === 1 && (eventFields as readonly string[]).includes(segments[0]!);
