import type { AddressInfo, Socket } from "node:net";
import { connect, createServer } from "node:net";

/** A line to a server that can be cut, or go silent. */
export interface Line {
  readonly url: string;
  /** Closes every connection and refuses new ones. */
  cut(): void;
  /** Keeps connections and takes new ones, but nothing gets through any more. */
  silence(): void;
  restore(): void;
  close(): Promise<void>;
}

export async function openLine(target: string): Promise<Line> {
  const to = new URL(target);
  const port = Number(to.port || (to.protocol === "redis:" ? 6379 : 5432));
  const sockets = new Set<Socket>();
  let state: "open" | "cut" | "silent" = "open";
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
  };
  const server = createServer((client) => {
    track(client);
    if (state !== "open") {
      if (state === "cut") client.destroy();
      return;
    }
    const upstream = connect(port, to.hostname);
    track(upstream);
    const pipe = (from: Socket, into: Socket): void => {
      from.on("data", (chunk) => {
        if (state === "open") into.write(chunk);
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
      state = "cut";
      destroyAll();
    },
    silence: () => {
      state = "silent";
    },
    restore: () => {
      // What was said while nobody listened is gone for good.
      if (state === "silent") destroyAll();
      state = "open";
    },
    close: async () => {
      destroyAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
