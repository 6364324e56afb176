import { TRPCError } from "@trpc/server";
import { toStoreError } from "@wend/core";
import type { ErrorCode } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { z } from "zod";
import { inputProblems } from "./input-problems.ts";

/** What went wrong in the words of Wend; whatever has no code of ours is `internal.unexpected` and tells nothing of itself. */
export function toWendError(error: unknown): WendError {
  const { cause } = error as { cause?: unknown };
  if (error instanceof WendError) return error;
  if (cause instanceof WendError) return cause;
  const known = error instanceof TRPCError ? fromTrpc(error) : undefined;
  if (known) return known;
  const store = toStoreError(cause ?? error);
  return store instanceof WendError ? store : new WendError("internal.unexpected", { cause: cause ?? error });
}

// What tRPC itself refuses, before or around a procedure.
const codes: Partial<Record<TRPCError["code"], ErrorCode>> = {
  PARSE_ERROR: "request.invalid_json",
  BAD_REQUEST: "request.invalid_field",
  NOT_FOUND: "request.not_found",
  METHOD_NOT_SUPPORTED: "request.method_not_allowed",
  PAYLOAD_TOO_LARGE: "request.too_large",
  UNSUPPORTED_MEDIA_TYPE: "request.unsupported_media_type",
};

function fromTrpc({ code, cause, message }: TRPCError): WendError | undefined {
  const known = codes[code];
  if (known === undefined) return undefined;
  if (cause instanceof SyntaxError) return new WendError("request.invalid_json", { pointer: "", cause });
  if (code === "BAD_REQUEST" && cause instanceof z.core.$ZodError) {
    const problems = inputProblems(cause.issues);
    const [first] = problems;
    return new WendError(known, { pointer: first?.pointer ?? "", detail: first?.message, problems });
  }
  return new WendError(known, { detail: message });
}
