import { STATUS_CODES } from "node:http";
import { promisify } from "node:util";
import { brotliDecompress, inflate, unzip } from "node:zlib";
import { WendError } from "@wend/plugin";
import type { RawResponse } from "./exchange.ts";
import { maxResponseBytes } from "./exchange.ts";

const decoders: Record<string, (data: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>> = {
  gzip: promisify(unzip),
  "x-gzip": promisify(unzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** A `Response` whose body is here already. What it shares with the platform's own behaves alike. */
export class Answer implements Response {
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly redirected = false;
  readonly type = "basic";
  readonly #raw: RawResponse["headers"];
  readonly #body: Buffer;
  #headers: Headers | undefined;
  #used = false;
  #stream: ReadableStream<Uint8Array<ArrayBuffer>> | undefined;

  constructor(raw: RawResponse, url: string) {
    this.status = raw.status;
    this.statusText = STATUS_CODES[raw.status] ?? "";
    this.url = url;
    this.#raw = raw.headers;
    this.#body = raw.body;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  // Most callers look at no header, or at one.
  get headers(): Headers {
    this.#headers ??= toHeaders(this.#raw);
    return this.#headers;
  }

  get bodyUsed(): boolean {
    return this.#used;
  }

  // Asking whether there is one must not cost a stream.
  get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    if (this.#body.length === 0) return null;
    this.#stream ??= new ReadableStream({
      type: "bytes",
      pull: (controller) => {
        controller.enqueue(Uint8Array.from(this.#take()));
        controller.close();
      },
    });
    return this.#stream;
  }

  textStream(): ReadableStream<string> {
    return new Blob([this.#take() as Buffer<ArrayBuffer>]).stream().pipeThrough(new TextDecoderStream());
  }

  async text(): Promise<string> {
    return this.#take().toString("utf8");
  }

  async json(): Promise<unknown> {
    return JSON.parse(this.#take().toString("utf8"));
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    this.#take();
    return this.#copy();
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.bytes()], { type: this.headers.get("content-type") ?? "" });
  }

  async formData(): Promise<FormData> {
    return new Response(await this.bytes(), { headers: this.headers }).formData();
  }

  clone(): Response {
    if (this.#used) throw new TypeError("The body was read already.");
    return new Answer({ status: this.status, headers: this.#raw, body: this.#body }, this.url);
  }

  #take(): Buffer {
    if (this.#used) throw new TypeError("The body was read already.");
    this.#used = true;
    return this.#body;
  }

  // A chunk from the socket shares its memory with others.
  #copy(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#body);
  }
}

function toHeaders(raw: RawResponse["headers"]): Headers {
  const headers = new Headers();
  for (const name in raw) {
    const value = raw[name];
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one);
  }
  return headers;
}

/** Undoes a content encoding nobody asked for; the limit holds for what comes out too. */
export async function decoded(raw: RawResponse): Promise<RawResponse> {
  const encoding = raw.headers["content-encoding"];
  const decode = typeof encoding === "string" ? decoders[encoding.trim().toLowerCase()] : undefined;
  if (!decode || raw.body.length === 0) return raw;
  try {
    return { ...raw, body: await decode(raw.body, { maxOutputLength: maxResponseBytes }) };
  } catch (cause) {
    const tooLarge = (cause as { code?: string }).code === "ERR_BUFFER_TOO_LARGE";
    throw new WendError(tooLarge ? "provider.answer_too_large" : "provider.unknown_outcome", {
      detail: "The answer's content encoding could not be undone.",
      cause,
    });
  }
}
