import type { Socket } from "node:net";
import { connect } from "node:net";

export interface HttpAnswer {
  readonly status: number;
  /** The whole answer as it came. */
  readonly text: string;
}

/**
 * One HTTP connection that is kept alive, with one request under way. It knows no more of HTTP than these servers
 * send, and so costs a tenth of a real client: what generates the load must not take the CPU of what is measured.
 */
export interface HttpLine {
  post(body: string): Promise<HttpAnswer>;
  close(): void;
}

export interface LineTarget {
  readonly port: number;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function openLine({ port, path, headers = {} }: LineTarget): Promise<HttpLine> {
  const socket = await opened(port);
  const fixed = Object.entries({ host: `127.0.0.1:${port}`, "content-type": "application/json", ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");
  const head = `POST ${path} HTTP/1.1\r\n${fixed}content-length: `;
  let text = "";
  let waiting: { resolve(answer: HttpAnswer): void; reject(error: Error): void } | undefined;
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1");
    if (!isWhole(text)) return;
    const answer = { status: Number(text.slice(9, 12)), text };
    text = "";
    waiting?.resolve(answer);
  });
  const fail = (error: Error): void => waiting?.reject(error);
  socket.on("error", fail).on("close", () => fail(new Error("the server closed the connection")));
  return {
    post: (body) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`);
      }),
    close: () => socket.destroy(),
  };
}

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.off("error", reject);
      resolve(socket);
    });
  });
}

const length = /\r\ncontent-length: (\d+)\r\n/i;

function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const announced = length.exec(text)?.[1];
  return announced === undefined ? text.endsWith("0\r\n\r\n") : text.length >= end + 4 + Number(announced);
}
