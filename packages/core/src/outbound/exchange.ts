import { WendError } from "@wend/plugin";
import type { Dispatcher } from "undici";
import { currentGuard } from "./call-guard.ts";

export const maxResponseBytes = 1_048_576;

export interface RawResponse {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

export interface RawRequest {
  readonly origin: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | null;
  readonly signal: AbortSignal | undefined;
}

/**
 * One request and its whole answer, on the dispatcher itself: `fetch` costs six times the CPU of this. Knows whether
 * the request was written, and so whether a failure leaves the outcome open.
 */
export function exchange(dispatcher: Dispatcher, request: RawRequest): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const handler = new Exchange(request.signal, resolve, reject);
    if (request.signal?.aborted) {
      handler.fail(request.signal.reason);
      return;
    }
    request.signal?.addEventListener("abort", handler.onAbort, { once: true });
    dispatcher.dispatch({ ...request, method: request.method as Dispatcher.HttpMethod }, handler);
  });
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal | undefined;
  readonly #resolve: (response: RawResponse) => void;
  readonly #reject: (error: unknown) => void;
  readonly #mayWrite = currentGuard();
  #controller: Dispatcher.DispatchController | undefined;
  #written = false;
  #settled = false;
  #status = 0;
  #headers: RawResponse["headers"] = {};
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(signal: AbortSignal | undefined, resolve: (r: RawResponse) => void, reject: (e: unknown) => void) {
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  readonly onAbort = (): void => this.fail(this.#signal?.reason);

  // Called with the socket at hand, in the same turn in which the request is written.
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#settled) {
      controller.abort(new Error("given up before it was written"));
    } else if (this.#mayWrite?.() === false) {
      this.fail(new WendError("delivery.lease_lost"));
    } else {
      this.#written = true;
    }
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: RawResponse["headers"]): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > maxResponseBytes) this.fail(new WendError("provider.answer_too_large"));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (!this.#settle()) return;
    const body = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, headers: this.#headers, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error);
  }

  fail(cause: unknown): void {
    if (!this.#settle()) return;
    this.#reject(this.#toError(cause));
    this.#controller?.abort(cause instanceof Error ? cause : new Error("aborted", { cause }));
  }

  #toError(cause: unknown): WendError {
    if (cause instanceof WendError) return cause;
    return new WendError(this.#written ? "provider.unknown_outcome" : "provider.unavailable", { cause });
  }

  // False when it was settled before.
  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    this.#signal?.removeEventListener("abort", this.onAbort);
    return true;
  }
}
