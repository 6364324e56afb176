import type { Problem } from "@wend/plugin";
import { jsonPointer, WendError } from "@wend/plugin";
import type { z } from "zod";
import { toProblems } from "../workspaces/parse-input.ts";
import type { RouteProblemCode } from "./problem-table.ts";
import { routeProblemTable } from "./problem-table.ts";

/** A problem at a path, in the words of the table; `detail` is a sentence about the value at fault. */
export function createProblem(code: RouteProblemCode, at: readonly PropertyKey[], detail?: string): Problem {
  const { message, fix } = routeProblemTable[code];
  return { code, pointer: jsonPointer(at), message: detail ? `${message} ${detail}` : message, fix };
}

/** What a schema found in a route. */
export const toRouteProblems = (error: z.ZodError | undefined): Problem[] =>
  toProblems(error?.issues ?? [], { code: "route.invalid" });

/** Throws `route.invalid` with the problems, if there are any. */
export function refuseRoute(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const only = problems.length === 1 ? { detail: problems[0]!.message } : {};
  throw new WendError("route.invalid", { pointer: problems[0]!.pointer, ...only, problems });
}
