import type { ErrorCode, Problem } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { z } from "zod";

export interface Refusal {
  readonly code: ErrorCode;
  /** Pointer to `input` within what the caller sent; the whole of it unless stated. */
  readonly at?: string;
}

/** Parses what a caller gave; all problems in one error, with their pointers. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, refusal: ErrorCode | Refusal): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const { code, at = "" } = typeof refusal === "string" ? { code: refusal } : refusal;
  throw new WendError(code, {
    problems: result.error.issues.map(
      ({ path, message }): Problem => ({
        code,
        pointer: at + path.map((part) => `/${escapeToken(String(part))}`).join(""),
        message,
      }),
    ),
  });
}

const escapeToken = (token: string) => token.replaceAll("~", "~0").replaceAll("/", "~1");
