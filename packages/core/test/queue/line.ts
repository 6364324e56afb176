import type { AddressInfo, Socket } from "node:net";
import { connect, createServer } from "node:net";

/** A line to a server that can be cut, or go silent. */
export interface Line {
  readonly url: string;
  /** Closes every connection and refuses new ones. */
  cut(): void;
  /** Lets nothing through the connections there are, without closing them; new ones work. */
  silence(): void;
  restore(): void;
  close(): Promise<void>;
}

export async function openLine(target: string): Promise<Line> {
  const to = new URL(target);
  const port = Number(to.port || (to.protocol === "redis:" ? 6379 : 5432));
  const sockets = new Set<Socket>();
  let isCut = false;
  let silenced = new Set<Socket>();
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
  };
  const server = createServer((client) => {
    track(client);
    if (isCut) {
      client.destroy();
      return;
    }
    const upstream = connect(port, to.hostname);
    track(upstream);
    const pipe = (from: Socket, into: Socket): void => {
      from.on("data", (chunk) => {
        if (!silenced.has(from)) into.write(chunk);
      });
      from.on("close", () => into.destroy());
    };
    pipe(client, upstream);
    pipe(upstream, client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const destroyAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const url = new URL(target);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.toString(),
    cut: () => {
      isCut = true;
      destroyAll();
    },
    silence: () => {
      silenced = new Set(sockets);
    },
    restore: () => {
      isCut = false;
    },
    close: async () => {
      destroyAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
