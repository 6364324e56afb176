import type { ErrorCode, Problem } from "@wend/plugin";
import { errorTable } from "@wend/plugin";

/** One thing wrong with what was sent. */
export interface Fault {
  readonly code: ErrorCode;
  /** RFC 6901 pointer into the body. */
  readonly pointer: string;
  readonly detail: string;
}

/** A fault as an answer lists it. */
export function toProblem({ code, pointer, detail }: Fault): Problem {
  return { code, pointer, message: detail, fix: errorTable[code].fix };
}
