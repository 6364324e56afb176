import type { Socket } from "node:net";
import { connect } from "node:net";
import type { TcpTarget } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { ResolvedAddress, ResolveHost } from "./resolve-host.ts";

const connectTimeoutMs = 10_000;

/**
 * Opens TCP connections to the address that was resolved and checked: resolving the name a second time could give one
 * that nobody has checked.
 */
export function createGuardedConnect(resolveHost: ResolveHost): (target: TcpTarget) => Promise<Socket> {
  return async ({ host, port, signal }) => {
    const limit = AbortSignal.timeout(connectTimeoutMs);
    const stop = signal === undefined ? limit : AbortSignal.any([signal, limit]);
    const [address] = await resolveHost(host);
    return open({ ...address!, port }, stop);
  };
}

function open({ address, family, port }: ResolvedAddress & { port: number }, stop: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (stop.aborted) return reject(unreachable({ code: "ETIMEDOUT" }));
    const socket = connect({ host: address, port, family });
    const settle = (done: () => void) => {
      stop.removeEventListener("abort", onStop);
      socket.off("error", onError).off("connect", onConnect);
      done();
    };
    const onError = (error: unknown) =>
      settle(() => {
        socket.destroy();
        reject(unreachable(error));
      });
    const onStop = () => onError({ code: "ETIMEDOUT" });
    const onConnect = () => settle(() => resolve(socket));
    stop.addEventListener("abort", onStop, { once: true });
    socket.on("error", onError).on("connect", onConnect);
  });
}

function unreachable(cause: unknown): WendError {
  const { code } = cause as { code?: string };
  return new WendError("provider.unavailable", { detail: `${code ?? "It failed"} while connecting.`, cause });
}
