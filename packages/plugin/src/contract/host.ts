import type { Socket } from "node:net";

/** What the host gives a plugin, and nothing else. */
export interface PluginHost {
  /** Adds the connection to every line. */
  readonly log: PluginLog;
  /** Now, in milliseconds since the epoch. */
  now(): number;
  /** `fetch`, guarded: no private addresses unless the operator allows them, no redirects, answers up to 1 MB. */
  readonly fetch: typeof globalThis.fetch;
  /**
   * Opens a TCP connection to an address that was checked by the same guard. Rejects with `provider.unavailable`
   * or `connection.blocked_address`.
   */
  connect(target: TcpTarget): Promise<Socket>;
  readonly links: PluginLinks;
  readonly blobs: PluginBlobs;
  readonly deliveries: PluginDeliveries;
  readonly state: PluginState;
}

/** Log lines of a plugin: fields first. Never a secret, an address or a body. */
export interface PluginLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Where a TCP connection leads. */
export interface TcpTarget {
  readonly host: string;
  readonly port: number;
  /** Ends the attempt, not the connection. */
  readonly signal?: AbortSignal;
}

/** URLs of the connection's own, which a customer or a provider is given. */
export interface PluginLinks {
  /** Where the provider sends its webhooks: to be entered at the provider, or sent along with a call. */
  readonly webhookUrl: string;
  /** Where `serve` answers, without a slash at the end. */
  readonly baseUrl: string;
  /**
   * A token for a URL below `baseUrl`, that nobody else can make or change: it holds `data` in the clear, signed for
   * this connection and this purpose. Up to 2,000 characters of JSON.
   */
  sign(purpose: string, data: LinkData): string;
  /** The data of a token; undefined when it was made for another purpose or connection, or was changed. */
  open(purpose: string, token: string): LinkData | undefined;
}

/** What a signed link carries. */
export type LinkData = { readonly [field: string]: string | number | boolean };

/** Attachments by reference: stored once by API, loaded when a delivery needs them. */
export interface PluginBlobs {
  /** Throws `blob.not_found`. */
  load(id: string, signal: AbortSignal): Promise<Blob>;
}

/** A stored attachment. */
export interface Blob {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Read access to what a customer was sent through this connection. */
export interface PluginDeliveries {
  /** Deliveries to a customer, oldest first; `after` is the id of one. At most 100, 20 unless stated. */
  list(asked: DeliveriesAsked, signal: AbortSignal): Promise<readonly CustomerDelivery[]>;
  /**
   * Deliveries to a customer as they come to be: each that the provider takes from `since` on, by actions that declare
   * `keepsOutput`, within a second of it. It goes on until the signal aborts. Those of the quarter of a minute before
   * `since` come too, for one may be committed after another that was taken later: know them by their ids.
   *
   * @example
   * for await (const { id, output, at } of host.deliveries.changes({ profileId, since }, signal)) push(id, output, at);
   */
  changes(asked: ChangesAsked, signal: AbortSignal): AsyncIterable<CustomerDelivery>;
}

/** Which of a customer's deliveries are waited for. */
export interface ChangesAsked {
  readonly profileId: string;
  /** In milliseconds since the epoch: `at` of the last one that was seen. Now unless stated. */
  readonly since?: number;
}

/** Which of a customer's deliveries are asked for. */
export interface DeliveriesAsked {
  readonly profileId: string;
  readonly action?: string;
  /** Only this one, if there is such a delivery. */
  readonly id?: string;
  readonly after?: string;
  /** The newest first; `after` then leads on to older ones. */
  readonly newestFirst?: boolean;
  readonly limit?: number;
}

/** One delivery of the connection to a customer. */
export interface CustomerDelivery {
  readonly id: string;
  readonly action: string;
  /** `accepted`, `delivered`, … */
  readonly state: string;
  /** The kind of the latest receipt that counts, if there was one. */
  readonly receipt: string | undefined;
  /** What the handler returned for it, where its action declares `keepsOutput`; else null. */
  readonly output: unknown;
  /** When the provider took it, in milliseconds since the epoch. */
  readonly at: number;
}

/** Small values that outlive the process: tokens, cursors. Shared by all workers of the connection. */
export interface PluginState {
  get(key: string): Promise<string | undefined>;
  /** The values of many keys, by key; those of none are left out. */
  getAll(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Up to 10,000 characters; undefined removes it. */
  set(key: string, value: string | undefined): Promise<void>;
}
