import type { ErrorCode, Problem } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { z } from "zod";

/** Parses what a caller gave; all problems in one error, with their pointers. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, code: ErrorCode): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new WendError(code, { problems: result.error.issues.map((issue) => toProblem(issue, code)) });
}

const toProblem = (issue: z.core.$ZodIssue, code: ErrorCode): Problem => ({
  code,
  pointer: issue.path.map((part) => `/${escapeToken(String(part))}`).join(""),
  message: issue.message,
});

const escapeToken = (token: string) => token.replaceAll("~", "~0").replaceAll("/", "~1");
