import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Accept } from "@wend/core";
import { WendError } from "@wend/plugin";
import type { ApiAppOptions } from "./app.ts";
import { createApiApp } from "./app.ts";

export interface ServeOptions extends Omit<ApiAppOptions, "isDraining" | "stopping"> {
  /** 0 takes any free one. */
  readonly port: number;
  /** An IP address; undefined: every address of the machine. */
  readonly host?: string | undefined;
}

export interface ApiServer {
  /** The address that it listens on, as the system says. */
  readonly host: string;
  readonly port: number;
  /** Where this machine reaches it. */
  readonly url: string;
  /** Takes no new connection, finishes what is under way, and cuts off what is not done after `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

/** Opens the port. Throws `http.port_in_use` or `http.cannot_listen`. */
export async function serveApi({ port, host, ...options }: ServeOptions): Promise<ApiServer> {
  const stop = new AbortController();
  const app = createApiApp({ ...options, isDraining: () => stop.signal.aborted, stopping: stop.signal });
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: timeouts }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(toListenError(error, { host, port })));
    server.listen(port, host, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
  const bound = server.address() as AddressInfo;
  return {
    host: bound.address,
    port: bound.port,
    url: urlOf(bound),
    close: async (graceMs = 10_000) => {
      stop.abort();
      await drain(server, options.accept, graceMs);
    },
  };
}

function toListenError(cause: NodeJS.ErrnoException, { host, port }: Pick<ServeOptions, "host" | "port">): WendError {
  if (cause.code === "EADDRINUSE") return new WendError("http.port_in_use", { detail: `Port ${port}.`, cause });
  return new WendError("http.cannot_listen", {
    detail: `${host ?? "any address"}, port ${port}: ${cause.code}.`,
    cause,
  });
}

// Nobody can call "every address". A socket open to all of IPv6 takes IPv4 too, which a machine has more surely.
function urlOf({ address, family, port }: AddressInfo): string {
  if (address === "0.0.0.0" || address === "::") return `http://127.0.0.1:${port}`;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

// A sender that dawdles must not hold its place.
const timeouts = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000 };

async function drain(server: Server, accept: Accept, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  // A connection that is kept alive becomes idle only after its last answer.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const giveUp = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(giveUp);
  await accept.idle();
}
