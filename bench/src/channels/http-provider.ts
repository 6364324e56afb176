import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { Provider } from "./channel-case.ts";

/** A request as it came, in Latin-1. */
export interface ProviderRequest {
  /** `POST /2010-04-01/…` */
  readonly line: string;
  readonly body: string;
}

const phrases = { 200: "OK", 201: "Created", 202: "Accepted" } as const;

export interface ProviderAnswer {
  readonly status: keyof typeof phrases;
  /** Sent as JSON, where there is one; ASCII. */
  readonly body?: object;
  /** By their names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpProviderOptions {
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** A vendor's HTTP API that takes everything, with as little CPU as Node allows: what is measured is who calls it. */
export async function startHttpProvider(
  answer: (request: ProviderRequest) => ProviderAnswer,
  { tls }: HttpProviderOptions = {},
): Promise<Provider> {
  const sockets = new Set<Socket>();
  const onSocket = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    socket.setNoDelay(true);
    serve(socket, answer);
  };
  const server = tls ? createTlsServer(tls, onSocket) : createServer(onSocket);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const length = /\r\ncontent-length: (\d+)\r\n/i;
const closing = /\r\nconnection: close\r\n/i;

function serve(socket: Socket, answer: (request: ProviderRequest) => ProviderAnswer): void {
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1");
    for (;;) {
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = text.slice(0, end + 2);
      const size = end + 4 + Number(length.exec(head)?.[1] ?? 0);
      if (text.length < size) return;
      const request = { line: head.slice(0, head.indexOf(" HTTP/")), body: text.slice(end + 4, size) };
      text = text.slice(size);
      socket.write(written(answer(request)), "latin1");
      if (closing.test(head)) return void socket.end();
    }
  });
}

function written({ status, body, headers = {} }: ProviderAnswer): string {
  const text = body === undefined ? "" : JSON.stringify(body);
  const head = `HTTP/1.1 ${status} ${phrases[status]}\r\n`;
  const own = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const typed = `content-type: application/json;charset=utf-8\r\ncontent-length: ${text.length}\r\n`;
  return `${head}${own.join("")}${typed}\r\n${text}`;
}
