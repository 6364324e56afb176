import type { Problem } from "@wend/plugin";
import { errorTable } from "@wend/plugin";
import type { z } from "zod";

/** Every fault of an input, each with the pointer to its field. */
export function toProblems(issues: readonly z.core.$ZodIssue[]): Problem[] {
  return issues.flatMap((issue) => pathsOf(issue).map((path) => toProblem(path, issue.message)));
}

// Fields that nobody knows are found together; each is a fault of its own.
function pathsOf(issue: z.core.$ZodIssue): PropertyKey[][] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => [...issue.path, key]);
  return [issue.path];
}

function toProblem(path: readonly PropertyKey[], message: string): Problem {
  const pointer = path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  return { code: "request.invalid_field", pointer, message, fix: errorTable["request.invalid_field"].fix };
}
