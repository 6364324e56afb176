import { requestIdOf } from "@wend/api";
import type { Accept, Credential, ServeRuntime, Store, WebhookRuntime } from "@wend/core";
import { verifyApiKey } from "@wend/core";
import { WendError } from "@wend/plugin";
import { Hono } from "hono";
import type { Logger } from "pino";
import { safeHeaders } from "./customer/answer-headers.ts";
import { customerPath } from "./customer/place.ts";
import { customerRoute } from "./customer/route.ts";
import type { StreamLimits } from "./customer/stream-room.ts";
import { createStreamRoom } from "./customer/stream-room.ts";
import { checkReadiness } from "./health/readiness.ts";
import { hookPath, hookRoute } from "./hooks/route.ts";
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
  /** What providers call; without it `/hooks` does not exist. */
  readonly hooks?: WebhookRuntime & { publicUrl(): string };
  /** What connections answer their customers' browsers by; without it `/c` does not exist. */
  readonly customers?: ServeRuntime;
  readonly limits?: Partial<RoomLimits & StreamLimits>;
  /** What `/readyz` says of the queue. */
  readonly queueState?: () => Promise<string> | string;
  readonly isDraining?: () => boolean;
  /** Aborts when streamed answers are to end. */
  readonly stopping?: AbortSignal;
}

export type ApiApp = Hono<HostEnv>;

/** Answers one request; the id is for its log lines and its answer. */
type Handler = (c: HostContext, requestId: string) => Promise<Response> | Response;
/** Writes the answer of a request that failed. */
type Refuse = (error: WendError, requestId: string) => Response;

const roomLimits: RoomLimits = { requests: 10_000, bytes: 256 * 1024 * 1024 };

const streamLimits: StreamLimits = { streams: 5_000, streamsPerConnection: 2_500 };

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
    const handler = trpcRoute(options.trpc, { verifyKey, room });
    app.all(`${trpcPath}/*`, (c) => guarded(c, handler, trpcRefusal));
  }
  if (options.hooks) {
    const handler = hookRoute({ ...options.hooks, room });
    app.all(hookPath, (c) => guarded(c, handler));
  }
  if (options.customers) {
    const streams = createStreamRoom({ ...streamLimits, ...options.limits });
    const handler = customerRoute(options.customers, { room, streams, stopping: options.stopping });
    app.all(customerPath, (c) => guarded(c, handler, refuseCustomer));
  }
  app.notFound((c) => guarded(c, (_, requestId) => noSuchRoute(requestId, refusals.get(c.req.path))));
  return app;
}

const refusePlainly: Refuse = (error, requestId) => problem(error, { requestId });

// A page of any site can read what went wrong, as it can with events.
const refuseCustomer: Refuse = (error, requestId) =>
  problem(error, { requestId, headers: { ...corsHeaders, ...safeHeaders } });

function noSuchRoute(requestId: string, headers: AnswerHeaders | undefined): Response {
  if (headers === undefined) return problem(new WendError("request.not_found"), { requestId });
  return problem(new WendError("request.method_not_allowed"), { requestId, headers });
}

function plain(body: object, { requestId, status = 200 }: { requestId: string; status?: number }): Response {
  const headers = { "content-type": "application/json", "x-request-id": requestId };
  return new Response(JSON.stringify(body), { status, headers });
}
