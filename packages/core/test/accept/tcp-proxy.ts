import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { connect, createServer } from "node:net";

/** A door before a server: shut, it drops every connection and refuses new ones. */
export interface TcpProxy {
  /** The same URL through the door. */
  readonly url: string;
  /** Cuts what is open and refuses what comes. */
  shut(): Promise<void>;
  /** Keeps back the next answer of the server, and cuts all connections once it is there. */
  deafen(): void;
  open(): Promise<void>;
  /** What was sent to the server is looked at; return false to cut the connection before it arrives. */
  onSend(look: (bytes: Buffer) => boolean): void;
  close(): Promise<void>;
}

export async function proxyTo(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let deaf = false;
  let look = (_: Buffer): boolean => true;

  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on("error", () => {});
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    }
    client.on("data", (bytes: Buffer) => {
      if (look(bytes)) upstream.write(bytes);
      else client.destroy();
    });
    upstream.on("data", (bytes: Buffer) => {
      if (!deaf) client.write(bytes);
      else cut();
    });
  });
  const listen = async (at: number) => {
    server.listen(at, "127.0.0.1");
    await once(server, "listening");
  };
  await listen(0);
  const own = (server.address() as AddressInfo).port;
  const url = new URL(target);
  url.host = `127.0.0.1:${own}`;

  const cut = () => {
    deaf = false;
    for (const socket of sockets) socket.destroy();
  };
  const shut = async () => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    cut();
    await closed;
  };
  return {
    url: url.toString(),
    shut,
    deafen: () => {
      deaf = true;
    },
    open: () => listen(own),
    onSend: (next) => {
      look = next;
    },
    close: shut,
  };
}
