import type { CallSetup } from "./call.ts";
import { createCall } from "./call.ts";
import type { Inbox } from "./inbox.ts";
import { createInbox } from "./inbox.ts";
import type { PushOptions } from "./push.ts";
import { subscribePush } from "./push.ts";
import type { Slots } from "./slots.ts";
import { createSlots } from "./slots.ts";
import { createStream } from "./stream.ts";

/** Where the connection is, who asks, and from where. */
export interface WebClientOptions extends CallSetup {
  /** What slots may depend on beside the customer: `() => ({ page: "cart" })`. Asked for at every decision. */
  readonly context?: () => object;
}

/** What a page does on behalf of one customer. */
export interface WebClient {
  readonly inbox: Inbox;
  readonly slots: Slots;
  /** Subscribes this browser to push; resolves with the address that was saved. */
  subscribePush(options: PushOptions): Promise<string>;
  /** Ends all subscriptions. */
  close(): void;
}

/**
 * Opens nothing before something is asked for.
 *
 * @example
 * const wend = createWebClient({ url, token: async () => (await fetch("/wend-token")).text() });
 * wend.inbox.subscribe((messages) => render(messages));
 */
export function createWebClient(options: WebClientOptions): WebClient {
  const call = createCall(options);
  const stream = createStream(call);
  return {
    inbox: createInbox(call, stream),
    slots: createSlots(call, stream, options.context ?? (() => ({}))),
    subscribePush: (asked) => subscribePush(call, asked),
    close: stream.close,
  };
}
