import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Accept } from "@wend/core";
import { WendError } from "@wend/plugin";
import type { ApiAppOptions } from "./app.ts";
import { createApiApp } from "./app.ts";

export interface ServeOptions extends Omit<ApiAppOptions, "isDraining"> {
  /** 0 takes any free one. */
  readonly port: number;
  readonly hostname?: string;
}

export interface ApiServer {
  readonly port: number;
  /** Takes no new connection, finishes what is under way, and cuts off what is not done after `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

/** Opens the port. Throws `http.port_in_use`. */
export async function serveApi({ port, hostname, ...options }: ServeOptions): Promise<ApiServer> {
  let draining = false;
  const app = createApiApp({ ...options, isDraining: () => draining });
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: timeouts }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(toPortError(error, port)));
    server.listen(port, hostname, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async (graceMs = 10_000) => {
      draining = true;
      await drain(server, options.accept, graceMs);
    },
  };
}

function toPortError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== "EADDRINUSE") return error;
  return new WendError("http.port_in_use", { detail: `Port ${port}.`, cause: error });
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
