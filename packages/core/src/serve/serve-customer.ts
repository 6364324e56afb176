import type { Served, ServeRequest } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { callPlugin } from "../connections/call-plugin.ts";
import type { ConnectionRoute } from "../connections/find-route.ts";
import type { OpenConnection } from "../connections/open-connection.ts";
import { openRouted } from "../connections/open-routed.ts";
import type { Runtime } from "../runtime.ts";

/** What answering browsers needs of a process. */
export interface ServeRuntime
  extends Pick<Runtime, "store" | "connections" | "storeFacts" | "customerTokens" | "publicUrl" | "log"> {
  /** Until an answer begins; what it streams may take longer. 10 s unless stated. */
  readonly answerTimeoutMs?: number;
}

const defaultTimeoutMs = 10_000;

/**
 * Has a connection answer a browser; what it tells is stored before. Throws `request.not_found` when it serves nothing,
 * and as `openRouted` and `callPlugin` do.
 */
export async function serveCustomer(
  runtime: ServeRuntime,
  route: ConnectionRoute,
  request: ServeRequest,
): Promise<Response> {
  const open = await openServed(runtime, route);
  const { response, receipts = [], signals = [] } = await call(runtime, open, request);
  if (receipts.length + signals.length > 0) await runtime.storeFacts(idOf(route), { receipts, signals });
  return response;
}

const idOf = ({ workspaceId, connectionId }: ConnectionRoute) => ({ workspaceId, connectionId });

async function openServed(runtime: ServeRuntime, route: ConnectionRoute): Promise<OpenConnection> {
  try {
    return await openRouted(runtime, route);
  } catch (cause) {
    const isGone = cause instanceof WendError && cause.code === "connection.not_found";
    throw isGone ? new WendError("request.not_found") : cause;
  }
}

async function call(
  runtime: ServeRuntime,
  { id, instance, manifest }: OpenConnection,
  request: ServeRequest,
): Promise<Served> {
  if (!instance.serve) throw new WendError("request.not_found");
  const { log, answerTimeoutMs: timeoutMs = defaultTimeoutMs } = runtime;
  const plugin = manifest.id;
  const served = await callPlugin({ plugin, connectionId: id, timeoutMs, log, stop: request.signal }, async (late) =>
    instance.serve?.({ ...request, signal: AbortSignal.any([late, request.signal]) }),
  );
  return asServed(served);
}

// By its parts: hosts have more than one class of that name.
function asServed(served: Served | undefined): Served {
  if (served?.response?.headers !== undefined && served.response.status >= 200) return served;
  throw new WendError("plugin.bad_output", { detail: "serve() resolves to an object with `response`." });
}
