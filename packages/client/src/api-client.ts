import type { TRPCClient, TRPCRequestOptions } from "@trpc/client";
import { createTRPCClientProxy, httpLink, TRPCClientError, TRPCUntypedClient } from "@trpc/client";
import type { AppRouter, WendErrorData } from "@wend/api";
import { WendClientError } from "./client-error.ts";
import { badAnswer } from "./problem-answer.ts";
import type { Send } from "./send.ts";

/** The procedures as typed calls: `api.journeys.publish.mutate({ journey: "welcome" })`. */
export function createApiClient(url: string, send: Send): TRPCClient<AppRouter> {
  return createTRPCClientProxy(new ThrowingClient({ links: [httpLink({ url, fetch: send as typeof fetch })] }));
}

// The one place where errors of tRPC become errors with a code.
class ThrowingClient extends TRPCUntypedClient<AppRouter> {
  override query(path: string, input?: unknown, options?: TRPCRequestOptions): Promise<unknown> {
    return super.query(path, input, options).catch(rethrow);
  }

  override mutation(path: string, input?: unknown, options?: TRPCRequestOptions): Promise<unknown> {
    return super.mutation(path, input, options).catch(rethrow);
  }
}

function rethrow(error: unknown): never {
  if (!(error instanceof TRPCClientError)) throw error;
  if (error.cause instanceof WendClientError) throw error.cause;
  const wend = (error.data as { wend?: WendErrorData } | undefined)?.wend;
  throw wend ? new WendClientError(error.message, wend, error) : badAnswer(undefined, error);
}
