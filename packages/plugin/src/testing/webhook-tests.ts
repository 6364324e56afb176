import type { Facts } from "../contract/incoming.ts";

/**
 * How a plugin's `receive` is tried. The author signs as the provider does, never by the plugin's own code: what both
 * get wrong in the same way would not be found.
 */
export interface WebhookTests {
  /** A secret of the provider's kind, another one each time; of a key pair, the private key. */
  makeSecret(): string;
  /** Config of a connection that trusts a secret and, while it is rotated, the one before; an empty one is left empty. */
  config(secret: string, previous?: string): { readonly [field: string]: unknown };
  /** The request that the provider makes of a body. */
  sign(body: string, signing: WebhookSigning): RawWebhook;
  /** What the provider signs, and where. */
  readonly signature: WebhookSignature;
  /** One of each kind of webhook that the plugin reads. */
  readonly samples: readonly WebhookSample[];
}

/** With what a request is signed. */
export interface WebhookSigning {
  readonly secret: string;
  /** Whole seconds, in milliseconds since the epoch. */
  readonly at: number;
  /** The connection's webhook URL. */
  readonly url: string;
}

/** A request as it reaches the host. */
export interface RawWebhook {
  /** `POST` unless stated. */
  readonly method?: string;
  /** The connection's webhook URL unless stated. */
  readonly url?: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** What a provider's signature is made of; `none` where it signs nothing. */
export type WebhookSignature =
  | "none"
  | {
      /** The header that holds it; absent where it stands in the body or in the URL. */
      readonly header?: string;
      /** False where it covers no time. */
      readonly coversTime?: boolean;
      /** False where it does not cover the body. */
      readonly coversBody?: boolean;
      /** True where the provider signs with a private key: nobody can sign with an empty one. */
      readonly byKeyPair?: boolean;
    };

/** One kind of webhook, and what it means. */
export interface WebhookSample {
  /** A few words: `a reply`. */
  readonly name: string;
  /** The body that the provider makes of an event, byte for byte as it writes it. */
  body(event: WebhookEvent): string;
  /** What a plugin has to say of it. */
  says(event: WebhookEvent): Facts;
}

/** Something that happened at the provider. */
export interface WebhookEvent {
  /** Tells events apart: make the provider's own ids of it. */
  readonly number: number;
  /** When it happened: whole seconds, in milliseconds since the epoch. */
  readonly at: number;
}
