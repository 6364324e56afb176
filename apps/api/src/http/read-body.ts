import type { IncomingMessage } from "node:http";
import { bodyTooLarge, collectBody, decodeBody, ingestLimits } from "@wend/core";
import { WendError } from "@wend/plugin";
import type { HostContext } from "./host.ts";
import { headerOf, incomingOf } from "./host.ts";

/** The whole body, decompressed, never more than `most` whatever was announced. */
export async function readBody(c: HostContext, most: number = ingestLimits.bodyBytes): Promise<Uint8Array> {
  const encoding = headerOf(c, "content-encoding");
  const bytes = await readRawBody(c, most);
  return encoding === undefined ? bytes : decodeBody(bytes, encoding, most);
}

/** The bytes as they were sent, never more than `most` whatever was announced. */
export function readRawBody(c: HostContext, most: number = ingestLimits.bodyBytes): Promise<Uint8Array> {
  const incoming = incomingOf(c);
  return incoming ? readIncoming(incoming, most) : readStream(c.req.raw.body, most);
}

const readStream = (body: ReadableStream<Uint8Array> | null, most: number) =>
  body === null ? Promise.resolve(new Uint8Array()) : collectBody(body, most);

/** Straight from the socket: a web stream in between would cost as much as all the rest of a request. */
function readIncoming(incoming: IncomingMessage, most: number): Promise<Uint8Array> {
  const announced = Number(incoming.headers["content-length"] ?? 0);
  if (announced > most) return Promise.reject(bodyTooLarge(most));
  // Whoever left while the key was checked sends no further sign.
  if (incoming.destroyed) return Promise.reject(interrupted());
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    const settle = (done: () => void) => {
      incoming.off("data", onData).off("end", onEnd).off("error", onBreak).off("close", onBreak);
      done();
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      parts.push(chunk);
      // What still comes is drained or cut off by the server, and kept by nobody.
      if (size > most) settle(() => reject(bodyTooLarge(most)));
    };
    const onEnd = () => settle(() => resolve(parts.length === 1 ? parts[0]! : Buffer.concat(parts)));
    const onBreak = () => settle(() => reject(interrupted()));
    incoming.on("data", onData).on("end", onEnd).on("error", onBreak).on("close", onBreak);
  });
}

const interrupted = () => new WendError("request.interrupted", { pointer: "" });
