import type { TRPCError, TRPCErrorShape } from "@trpc/server";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import type { ErrorCode, Problem, WendError } from "@wend/plugin";
import type { ApiContext } from "../context.ts";
import { toWendError } from "./to-wend-error.ts";
import { trpcCodes } from "./trpc-codes.ts";

/** What `error.data.wend` of an answer holds. */
export interface WendErrorData {
  /** Stable; the list of all is in the reference. */
  readonly code: ErrorCode;
  readonly status: number;
  /** What is wrong in this case. */
  readonly detail?: string | undefined;
  /** RFC 6901 pointer to the field at fault, into the procedure's input. */
  readonly pointer?: string | undefined;
  /** All faults, when there may be several. */
  readonly problems?: readonly Problem[] | undefined;
  readonly fix: string;
  /** Earliest next try, in milliseconds from now. */
  readonly retryAfterMs?: number | undefined;
  /** Under which the request is in the log. */
  readonly requestId?: string | undefined;
}

export interface ApiErrorShape extends TRPCErrorShape {
  readonly data: {
    readonly code: TRPCError["code"];
    readonly httpStatus: number;
    readonly path?: string;
    readonly wend: WendErrorData;
  };
}

interface FormatOptions {
  readonly shape: { readonly code: TRPCErrorShape["code"]; readonly data: { readonly path?: string } };
  readonly error: TRPCError;
  readonly ctx: ApiContext | undefined;
}

/** The one way an error leaves the API: no stack, no SQL, nothing of a cause. */
export function formatError({ shape, error, ctx }: FormatOptions): ApiErrorShape {
  return { ...errorShape(toWendError(error), ctx?.requestId, shape.data), code: shape.code };
}

/** An error as tRPC's clients read it: `{"error": …}` of an answer. For a host that refuses a request before the router sees it. */
export function errorShape(error: WendError, requestId?: string, at: { readonly path?: string } = {}): ApiErrorShape {
  const { code, status, detail, pointer, problems, fix, retryAfterMs } = error;
  const trpcCode = trpcCodes[status as keyof typeof trpcCodes];
  return {
    code: TRPC_ERROR_CODES_BY_KEY[trpcCode],
    message: error.message,
    data: {
      code: trpcCode,
      httpStatus: status,
      ...pathOf(at),
      wend: { code, status, detail, pointer, problems, fix, retryAfterMs, requestId },
    },
  };
}

const pathOf = ({ path }: { readonly path?: string }) => (path === undefined ? {} : { path });
