import { once } from "node:events";
import type { Socket } from "node:net";
import { connect } from "node:net";
import type { TcpTarget } from "../contract/host.ts";
import { WendError } from "../errors.ts";

/** A socket to a server on this machine, failing as the host's own does. */
export async function openSocket({ host, port, signal }: TcpTarget): Promise<Socket> {
  const socket = connect({ host, port, autoSelectFamily: true });
  try {
    await once(socket, "connect", signal === undefined ? {} : { signal });
    return socket;
  } catch (cause) {
    socket.destroy();
    const { code } = cause as { code?: string };
    throw new WendError("provider.unavailable", { detail: `${code ?? "It failed"} while connecting.`, cause });
  }
}
