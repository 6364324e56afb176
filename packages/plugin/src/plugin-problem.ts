import type { Problem } from "./errors.ts";
import type { PluginProblemCode } from "./problem-table.ts";
import { pluginProblemTable } from "./problem-table.ts";

/** A problem at a pointer, in the words of the table unless this case can be told more closely. */
export function pluginProblem(
  code: PluginProblemCode,
  pointer: string,
  closer: Partial<Pick<Problem, "message" | "fix">> = {},
): Problem {
  return { code, pointer, ...pluginProblemTable[code], ...closer };
}
