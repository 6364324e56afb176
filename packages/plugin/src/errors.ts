// Codes are added in error-table.ts.
import type { ErrorCode, RetryPolicy } from "./error-table.ts";
import { errorTable } from "./error-table.ts";

/** One fault among several: where it is (a JSON pointer), its code, and what to do. */
export interface Problem {
  readonly code: string;
  /** RFC 6901 pointer into the input, `""` for the whole of it. */
  readonly pointer: string;
  readonly message: string;
  readonly fix?: string;
}

export interface WendErrorOptions {
  /** What is wrong in this case: names the value, the limit, the state. Never a secret, an address or SQL. */
  readonly detail?: string;
  /** RFC 6901 pointer to the field at fault. */
  readonly pointer?: string;
  readonly problems?: readonly Problem[];
  /** Earliest next try, in milliseconds from now. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/**
 * The one error class of Wend. The code decides retry, HTTP status and wording; see {@link errorTable}.
 *
 * @example
 * throw new WendError("provider.rate_limited", { retryAfterMs: 30_000, cause });
 */
export class WendError extends Error {
  override readonly name = "WendError";
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly pointer: string | undefined;
  readonly problems: readonly Problem[] | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, options: WendErrorOptions = {}) {
    super(options.detail ? `${errorTable[code].message} ${options.detail}` : errorTable[code].message, {
      cause: options.cause,
    });
    this.code = code;
    this.detail = options.detail;
    this.pointer = options.pointer;
    this.problems = options.problems;
    this.retryAfterMs = options.retryAfterMs;
  }

  get status(): number {
    return errorTable[this.code].status;
  }

  get retry(): RetryPolicy {
    return errorTable[this.code].retry;
  }

  get fix(): string {
    return errorTable[this.code].fix;
  }
}

/** The error as one problem of a list, for a caller that gathers several. */
export function toProblem(error: WendError, pointer = error.pointer ?? ""): Problem {
  return { code: error.code, pointer, message: error.message, fix: error.fix };
}
