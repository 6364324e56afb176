import { requestIdOf } from "@wend/api";
import type { Accept, Credential, Store } from "@wend/core";
import { verifyApiKey } from "@wend/core";
import { WendError } from "@wend/plugin";
import { Hono } from "hono";
import type { Logger } from "pino";
import { checkReadiness } from "./health/readiness.ts";
import type { HostContext, HostEnv } from "./http/host.ts";
import { headerOf } from "./http/host.ts";
import type { AnswerHeaders } from "./http/problem.ts";
import { problem, toWendError } from "./http/problem.ts";
import type { RoomLimits } from "./http/room.ts";
import { createRoom } from "./http/room.ts";
import { corsHeaders, preflight } from "./ingest/cors.ts";
import { ingestRoute } from "./ingest/route.ts";
import type { TrpcMount } from "./trpc/mount.ts";
import { trpcPath, trpcRefusal, trpcRoute } from "./trpc/mount.ts";

export interface ApiAppOptions {
  readonly store: Store;
  readonly accept: Accept;
  readonly log: Logger;
  /** What product teams call; without it `/trpc` does not exist. */
  readonly trpc?: TrpcMount;
  readonly limits?: Partial<RoomLimits>;
  /** What `/readyz` says of the queue. */
  readonly queueState?: () => Promise<string> | string;
  readonly isDraining?: () => boolean;
}

export type ApiApp = Hono<HostEnv>;

/** Answers one request; the id is for its log lines and its answer. */
type Handler = (c: HostContext, requestId: string) => Promise<Response> | Response;
/** Writes the answer of a request that failed. */
type Refuse = (error: WendError, requestId: string) => Response;

const roomLimits: RoomLimits = { requests: 10_000, bytes: 256 * 1024 * 1024 };

/** The HTTP side of Wend as a pure app: no port, no process. */
export function createApiApp(options: ApiAppOptions): ApiApp {
  const { store, accept, log, isDraining = () => false } = options;
  const app: ApiApp = new Hono();
  const room = createRoom({ ...roomLimits, ...options.limits });
  const verifyKey = (key: string | undefined): Promise<Credential> => verifyApiKey(store, key);

  // What is said of each path to a method it does not take. A second handler on the path would say so too, but it
  // would send every request through Hono's slower way of several handlers.
  const refusals = new Map<string, AnswerHeaders>();

  const route = (method: "GET" | "POST", path: string, handler: Handler): void => {
    refusals.set(path, { allow: method });
    app.on(method, path, (c) => guarded(c, handler));
  };

  // What pages of other sites may call: they can read its errors too.
  const openRoute = (path: string, handler: Handler): void => {
    refusals.set(path, { ...corsHeaders, allow: "POST, OPTIONS" });
    const refuse: Refuse = (error, requestId) => problem(error, { requestId, headers: corsHeaders });
    app.on("POST", path, (c) => guarded(c, handler, refuse));
    app.on("OPTIONS", path, (c) => guarded(c, (_, requestId) => preflight(requestId)));
  };

  // Errors are answered here and not by Hono's own handler, so that the request's id is at hand without a store for it.
  const guarded = async (c: HostContext, handler: Handler, refuse: Refuse = refusePlainly): Promise<Response> => {
    const requestId = requestIdOf(headerOf(c, "x-request-id"));
    try {
      return await handler(c, requestId);
    } catch (thrown) {
      const error = toWendError(thrown);
      if (error.status >= 500) log.error({ requestId, code: error.code, err: error.cause ?? error }, "request failed");
      return refuse(error, requestId);
    }
  };

  for (const kind of ["track", "identify", "batch"] as const) {
    openRoute(`/v1/${kind}`, ingestRoute({ accept, verifyKey, room }, kind));
  }
  route("GET", "/livez", (_, requestId) => plain({ live: true }, { requestId }));
  route("GET", "/readyz", async (_, requestId) => {
    const readiness = await checkReadiness({ ...options, isDraining });
    return plain(readiness, { requestId, status: readiness.ready ? 200 : 503 });
  });
  if (options.trpc) {
    const handler = trpcRoute(options.trpc);
    app.all(`${trpcPath}/*`, (c) => guarded(c, handler, trpcRefusal));
  }
  app.notFound((c) => guarded(c, (_, requestId) => noSuchRoute(requestId, refusals.get(c.req.path))));
  return app;
}

const refusePlainly: Refuse = (error, requestId) => problem(error, { requestId });

function noSuchRoute(requestId: string, headers: AnswerHeaders | undefined): Response {
  if (headers === undefined) return problem(new WendError("request.not_found"), { requestId });
  return problem(new WendError("request.method_not_allowed"), { requestId, headers });
}

function plain(body: object, { requestId, status = 200 }: { requestId: string; status?: number }): Response {
  const headers = { "content-type": "application/json", "x-request-id": requestId };
  return new Response(JSON.stringify(body), { status, headers });
}
