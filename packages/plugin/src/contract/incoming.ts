import type { Receipt, ReceiptKind } from "./receipt.ts";
import type { Signal, SignalManifests } from "./signal.ts";

/**
 * What a provider has sent, or was found to have: the host stores it in one transaction. A fact that the contract or the
 * manifest does not allow is dropped by itself, and counted with its connection. A fact that stands in it twice is one. Of two that differ and have one id, the host keeps the first and warns; the tests of the kit fail.
 */
export interface Facts<Kinds extends ReceiptKind = ReceiptKind, Signals extends SignalManifests = SignalManifests> {
  readonly receipts?: readonly Receipt<Kinds>[];
  readonly signals?: readonly Signal<Signals>[];
}

/** A request that a provider has made to the connection's webhook URL, untouched. */
export interface WebhookRequest {
  readonly method: string;
  /** The URL as the provider wrote it: some sign it. */
  readonly url: string;
  readonly headers: Headers;
  /** The bytes as they came, before any parsing: that is what is signed. */
  readonly body: Uint8Array;
  readonly signal: AbortSignal;
}

/**
 * How a webhook was shown to be genuine.
 *
 * - `signature`: it holds the provider's signature over its bytes. `signedAt` is the time that it covers, in
 *   milliseconds since the epoch, undefined only where a provider signs none: the host refuses what is more than
 *   5 minutes off. `nonce` is what is the same only for the very same request: the host refuses it a second
 *   time, for seven days, and for 400 where no time is signed.
 * - `none`: the provider signs nothing. Refused unless the operator lets the connection accept it.
 */
export type WebhookProof =
  | { readonly by: "signature"; readonly signedAt: number | undefined; readonly nonce: string }
  | { readonly by: "none" };

/** A webhook as the plugin has read it. */
export interface Received<Kinds extends ReceiptKind = ReceiptKind, Signals extends SignalManifests = SignalManifests>
  extends Facts<Kinds, Signals> {
  readonly proof: WebhookProof;
  /** What the provider wants to hear once all is stored: 200 to 299, at most 64 KB; 200 with an empty body unless stated. */
  readonly reply?: { readonly status?: number; readonly contentType?: string; readonly body?: string };
}

/** What is new since a cursor. */
export interface Polled<Kinds extends ReceiptKind = ReceiptKind, Signals extends SignalManifests = SignalManifests>
  extends Facts<Kinds, Signals> {
  /** Where to go on; stored together with what was found. */
  readonly cursor: string;
  /** True when there is more: the host asks again at once. */
  readonly more: boolean;
}

/** A request from a customer's browser to the connection's own path. */
export interface ServeRequest {
  /** Its URL begins with `host.links.baseUrl`, its body has at most 512 KB. Customer tokens and cookies are taken off it. */
  readonly request: Request;
  /** The path below the connection's own, as it was written: `/inbox`; empty for the connection's own. */
  readonly path: string;
  /** Whoever the host found by a signed customer token; undefined without one. */
  readonly customer: Customer | undefined;
  /** Aborts 10 s after the request unless there is an answer by then, when its client leaves, and after 10 minutes. */
  readonly signal: AbortSignal;
}

/** A customer whom the host has authenticated. */
export interface Customer {
  readonly profileId: string;
}

/**
 * The answer to a customer's browser, and what it tells of deliveries; sent once that is stored. Of its headers these
 * are sent: `content-type`, `cache-control`, `location`, `etag`, `vary`, `access-control-*` and
 * `content-security-policy`, which forbids everything unless stated. Cookies are not: connections share a host.
 */
export interface Served<Kinds extends ReceiptKind = ReceiptKind, Signals extends SignalManifests = SignalManifests>
  extends Facts<Kinds, Signals> {
  readonly response: Response;
}
