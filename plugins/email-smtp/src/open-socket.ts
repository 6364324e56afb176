import type { Socket } from "node:net";
import { connect } from "node:net";
import type { PluginHost } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { Config } from "./manifest.ts";

/**
 * A TCP connection to the address that the host has resolved and checked, and to no other: resolving the name
 * a second time could give an address that nobody has checked.
 */
export function openSocket(config: Config, host: PluginHost, signal?: AbortSignal): Promise<Socket> {
  const limit = AbortSignal.timeout(config.timeouts.connectMs);
  const stop = signal === undefined ? limit : AbortSignal.any([signal, limit]);
  return new Promise((resolve, reject) => {
    let socket: Socket | undefined;
    const fail = (error: unknown) => {
      socket?.destroy();
      reject(unreachable(error));
    };
    const onStop = () => fail({ code: limit.aborted ? "ETIMEDOUT" : "EABORT" });
    if (stop.aborted) return onStop();
    stop.addEventListener("abort", onStop, { once: true });
    const connectTo = ({ address, family }: { address: string; family: 4 | 6 }) => {
      if (stop.aborted) return;
      const opening = connect({ host: address, port: config.port, family });
      socket = opening;
      opening.once("error", fail);
      opening.once("connect", () => {
        stop.removeEventListener("abort", onStop);
        opening.removeListener("error", fail);
        resolve(opening);
      });
    };
    host.resolveHost(config.host).then(connectTo).catch(fail);
  });
}

function unreachable(error: unknown): WendError {
  if (error instanceof WendError) return error;
  const { code } = error as { code?: string };
  return new WendError("provider.unavailable", { detail: `${code ?? "It failed"} while connecting.`, cause: error });
}
