import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "@wend/api";
import { createApiClient } from "./api-client.ts";
import type { EventClient } from "./events.ts";
import { createEventClient } from "./events.ts";
import { createSend } from "./send.ts";

export interface ClientOptions {
  /** Where Wend answers: `https://wend.example.com`. */
  readonly url: string;
  /** A `srv_` key; a `pub_` key may only send the events of its allow list. */
  readonly key: string;
  /** Defaults to the global one. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface WendClient extends EventClient {
  /** Every procedure of the API by its name, typed. */
  readonly api: TRPCClient<AppRouter>;
}

/**
 * Calls Wend. Whatever fails is thrown as a `WendClientError` with a stable `code`.
 *
 * @example
 * const wend = createClient({ url: "http://127.0.0.1:4400", key: process.env.WEND_KEY });
 * await wend.track({ userId: "ada", event: "Signed Up" });
 * const { items } = await wend.api.profiles.timeline.query({ userId: "ada" });
 */
export function createClient({ url, key, fetch = globalThis.fetch }: ClientOptions): WendClient {
  const base = url.replace(/\/+$/, "");
  const send = createSend(key, fetch);
  return { api: createApiClient(`${base}/trpc`, send), ...createEventClient(base, send) };
}
