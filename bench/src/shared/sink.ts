import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";

/** An HTTP endpoint that takes everything and answers at once, with as little CPU as Node allows. */
export interface Sink {
  readonly port: number;
  /** Requests with an idempotency key that was not seen before. */
  received(): number;
  /** Requests whose key had been seen. */
  repeated(): number;
  close(): void;
}

const answer = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
const key = /\r\nidempotency-key: ([^\r]+)\r\n/i;
const length = /\r\ncontent-length: (\d+)\r\n/i;

export async function openSink(onReceived: () => void): Promise<Sink> {
  const keys = new Set<string>();
  let repeated = 0;
  const take = (head: string): void => {
    const found = key.exec(head)?.[1] ?? "";
    if (keys.has(found)) repeated += 1;
    keys.add(found);
    onReceived();
  };
  const server = createServer({ noDelay: true }, (socket) => serve(socket, take));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return {
    port: (server.address() as AddressInfo).port,
    received: () => keys.size,
    repeated: () => repeated,
    close: () => server.close(),
  };
}

function serve(socket: Socket, take: (head: string) => void): void {
  let text = "";
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1");
    for (;;) {
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = text.slice(0, end + 2);
      const size = end + 4 + Number(length.exec(head)?.[1] ?? 0);
      if (text.length < size) return;
      text = text.slice(size);
      take(head);
      socket.write(answer);
    }
  });
}
