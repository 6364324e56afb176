import { toProblems } from "@wend/core";
import type { Problem } from "@wend/plugin";
import { errorTable } from "@wend/plugin";
import type { z } from "zod";

const code = "request.invalid_field";

/** Every fault of an input, each with the pointer to its field. */
export function inputProblems(issues: readonly z.core.$ZodIssue[]): Problem[] {
  return toProblems(issues, { code }).map((problem) => ({ ...problem, fix: errorTable[code].fix }));
}
