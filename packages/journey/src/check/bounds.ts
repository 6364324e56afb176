import { limits } from "../language/limits.ts";
import type { JourneyProblem } from "./problem.ts";
import { createProblem } from "./problem.ts";

const forbidden = new Set(["__proto__", "constructor", "prototype"]);

interface Visit {
  readonly value: unknown;
  readonly path: readonly PropertyKey[];
}

export interface Bounds {
  readonly problems: JourneyProblem[];
  /** Whether the rest can be checked: neither depth nor size would exhaust the checker. */
  readonly bounded: boolean;
}

/** Checks what must hold of any JSON before it is walked recursively. Itself iterative: depth cannot hurt it. */
export function checkBounds(input: unknown): Bounds {
  const problems: JourneyProblem[] = [];
  const open: Visit[] = [{ value: input, path: [] }];
  let values = 0;
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    if (++values > limits.jsonValues) return unbounded(problems, "journey.too_large", []);
    if (visit.path.length > limits.jsonDepth) return unbounded(problems, "journey.too_deep", visit.path);
    for (const problem of textProblems(visit)) problems.push(problem);
    for (const child of childrenOf(visit)) open.push(child);
  }
  return { problems, bounded: true };
}

function unbounded(
  problems: JourneyProblem[],
  code: "journey.too_large" | "journey.too_deep",
  path: readonly PropertyKey[],
): Bounds {
  const detail =
    code === "journey.too_deep" ? `at most ${limits.jsonDepth} levels` : `at most ${limits.jsonValues} values`;
  return { problems: [...problems, createProblem(code, path, detail)], bounded: false };
}

function textProblems({ value, path }: Visit): JourneyProblem[] {
  const problems: JourneyProblem[] = [];
  const key = path.at(-1);
  if (typeof key === "string" && forbidden.has(key)) problems.push(createProblem("journey.forbidden_key", path));
  if (isBadText(value) || isBadText(key)) problems.push(createProblem("journey.bad_text", path));
  return problems;
}

function isBadText(value: unknown): boolean {
  return typeof value === "string" && (value.includes("\0") || !value.isWellFormed());
}

function childrenOf({ value, path }: Visit): Visit[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.map((element: unknown, index) => ({ value: element, path: [...path, index] }));
  return Object.entries(value).map(([key, element]) => ({ value: element, path: [...path, key] }));
}
