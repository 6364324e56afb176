import type { AnyTRPCRouter, inferRouterContext } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { assertScope, callLimits, errorShape, keyOfHeader } from "@wend/api";
import type { Credential } from "@wend/core";
import { parseWholeJson } from "@wend/core";
import { WendError } from "@wend/plugin";
import { announcedBytes } from "../http/announced-bytes.ts";
import type { HostContext } from "../http/host.ts";
import { headerOf } from "../http/host.ts";
import { plainHeaders } from "../http/plain-headers.ts";
import type { AnswerHeaders } from "../http/problem.ts";
import { errorHeaders } from "../http/problem.ts";
import { readBody } from "../http/read-body.ts";
import type { Room } from "../http/room.ts";

export const trpcPath = "/trpc";

/** A router with what it needs to know of a request. */
export interface TrpcMount<Router extends AnyTRPCRouter = AnyTRPCRouter> {
  readonly router: Router;
  readonly createContext: (request: Request) => Promise<inferRouterContext<Router>> | inferRouterContext<Router>;
}

/** What a body needs before it is read. */
export interface TrpcHost {
  readonly verifyKey: (key: string | undefined) => Promise<Credential>;
  readonly room: Room;
}

/** Answers tRPC calls. Their input passes the same edge as events: no store could keep what it refuses. */
export function trpcRoute({ router, createContext }: TrpcMount, host: TrpcHost) {
  return async (c: HostContext, requestId: string): Promise<Response> => {
    if (c.req.method !== "POST") return answer(c, requestId);
    if (!isFile(c)) return inRoom(announcedBytes(c), () => answer(c, requestId));
    // Who may not store a file has no such body read.
    assertScope(await host.verifyKey(keyOfHeader(headerOf(c, "authorization"))), "blobs:write");
    const most = callLimits.blobBodyBytes;
    return inRoom(most, () => answer(c, requestId, most));
  };

  // All of them together no more than there is room for.
  async function inRoom(bytes: number, work: () => Promise<Response>): Promise<Response> {
    const leave = host.room.enter(bytes);
    try {
      return await work();
    } finally {
      leave();
    }
  }

  async function answer(c: HostContext, requestId: string, most?: number): Promise<Response> {
    const req = await checkedRequest(c, most);
    // Under one id in the log, whoever writes it: this host or the router.
    req.headers.set("x-request-id", requestId);
    return fetchRequestHandler({
      endpoint: trpcPath,
      router,
      req,
      maxBatchSize: callLimits.callsPerRequest,
      createContext: () => createContext(req) as Promise<object>,
      responseMeta: ({ errors }) => ({ headers: { ...waitHeader(errors), "x-request-id": requestId } }),
    });
  }
}

const isFile = (c: HostContext): boolean => c.req.path === `${trpcPath}/blobs.put`;

/**
 * What the edge refuses, as tRPC's clients read an error. One for all calls of a batch: clients take an answer that is no
 * list for the answer to each.
 */
export function trpcRefusal(error: WendError, requestId: string): Response {
  const headers = { "content-type": "application/json", ...errorHeaders(error, requestId) };
  return new Response(JSON.stringify({ error: errorShape(error, requestId) }), { status: error.status, headers });
}

// Of several errors the one that asks for the longest wait.
function waitHeader(errors: readonly { readonly cause?: unknown }[]): AnswerHeaders {
  const waits = errors.map(({ cause }) =>
    cause instanceof WendError && cause.retry === "backoff" ? (cause.retryAfterMs ?? 1_000) : 0,
  );
  const longest = Math.max(0, ...waits);
  return longest > 0 ? { "retry-after": String(Math.ceil(longest / 1_000)) } : {};
}

// The fault's place is told in characters of the parameter, not of a body there is none of.
function checkInput(input: string): void {
  try {
    parseWholeJson(new TextEncoder().encode(input));
  } catch (error) {
    if (!(error instanceof WendError) || error.code !== "request.invalid_json") throw error;
    throw new WendError("request.invalid_json", {
      pointer: "",
      detail: `The JSON in the parameter \`input\` does not parse. ${error.detail}`,
    });
  }
}

async function checkedRequest(c: HostContext, most?: number): Promise<Request> {
  const { method, url, headers, signal } = c.req.raw;
  if (method !== "POST") {
    const input = c.req.query("input");
    if (input) checkInput(input);
    return new Request(url, { method, headers: new Headers(headers), signal });
  }
  const body = await readBody(c, most);
  if (body.length > 0) parseWholeJson(body, most);
  return new Request(url, { method, headers: plainHeaders(headers), body: body as Uint8Array<ArrayBuffer>, signal });
}
