import type { ErrorCode, Problem } from "@wend/plugin";
import { jsonPointer, WendError } from "@wend/plugin";
import type { z } from "zod";

export interface Refusal {
  readonly code: ErrorCode;
  /** Pointer to `input` within what the caller sent; the whole of it unless stated. */
  readonly at?: string;
}

/** One finding of a schema. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** Of an object: its fields that nobody knows. Each is a fault of its own. */
  readonly keys?: readonly string[];
}

/** Parses what a caller gave; all problems in one error, with their pointers. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, refusal: ErrorCode | Refusal): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const by = typeof refusal === "string" ? { code: refusal } : refusal;
  throw new WendError(by.code, { problems: toProblems(result.error.issues, by) });
}

/** What a schema found, as problems of the refusal's code. */
export function toProblems(issues: readonly Fault[], { code, at = "" }: Refusal): Problem[] {
  return issues.flatMap((fault) =>
    pathsOf(fault).map((path) => ({ code, pointer: at + jsonPointer(path), message: fault.message })),
  );
}

const pathsOf = ({ path, keys }: Fault): (readonly PropertyKey[])[] =>
  keys === undefined ? [path] : keys.map((key) => [...path, key]);
