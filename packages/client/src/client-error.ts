import type { WendErrorData } from "@wend/api";

/** The codes of the reference, and what only a client can meet: no answer at all, or one that is not Wend's. */
export type ClientErrorCode = WendErrorData["code"] | "client.no_answer" | "client.bad_answer";

/** What an error answer holds, whichever door it came from. */
export type ErrorAnswer = Omit<Partial<WendErrorData>, "code"> & { readonly code: ClientErrorCode };

/** Why a call failed. `code` is stable; everything else explains it. */
export class WendClientError extends Error {
  override readonly name = "WendClientError";
  readonly code: ClientErrorCode;
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  readonly detail: string | undefined;
  /** RFC 6901 pointer to the field at fault. */
  readonly pointer: string | undefined;
  /** All faults, when there may be several. */
  readonly problems: WendErrorData["problems"];
  readonly fix: string | undefined;
  /** Earliest next try, in milliseconds from now. */
  readonly retryAfterMs: number | undefined;
  /** Under which the request is in the log. */
  readonly requestId: string | undefined;

  constructor(message: string, answer: ErrorAnswer, cause?: unknown) {
    super(message, { cause });
    this.code = answer.code;
    this.status = answer.status;
    this.detail = answer.detail;
    this.pointer = answer.pointer;
    this.problems = answer.problems;
    this.fix = answer.fix;
    this.retryAfterMs = answer.retryAfterMs;
    this.requestId = answer.requestId;
  }
}
