import type { Socket } from "node:net";
import type { PluginHost } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { Config } from "./config.ts";

/** A server to connect to, and how long that may take. */
export type Server = Pick<Config, "host" | "port" | "timeouts">;

/** A TCP connection by the host's guard, within the connection's own time. */
export async function openSocket(server: Server, host: PluginHost, signal?: AbortSignal): Promise<Socket> {
  const limit = AbortSignal.timeout(server.timeouts.connectMs);
  const stop = signal === undefined ? limit : AbortSignal.any([signal, limit]);
  const late = new Promise<never>((_, reject) => {
    stop.addEventListener("abort", () => reject(timedOut(limit)), { once: true });
  });
  // Whoever loses the race is heard by nobody.
  late.catch(() => undefined);
  if (stop.aborted) throw timedOut(limit);
  try {
    return await Promise.race([host.connect({ host: server.host, port: server.port, signal: stop }), late]);
  } catch (error) {
    throw error instanceof WendError ? error : unreachable(error);
  }
}

const timedOut = (limit: AbortSignal) => unreachable({ code: limit.aborted ? "ETIMEDOUT" : "EABORT" });

function unreachable(cause: unknown): WendError {
  const { code } = cause as { code?: string };
  return new WendError("provider.unavailable", { detail: `${code ?? "It failed"} while connecting.`, cause });
}
