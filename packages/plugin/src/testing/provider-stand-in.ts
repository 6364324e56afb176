/**
 * How the stand-in for the provider answers a call.
 *
 * - `accept`: takes it, and says so.
 * - `unavailable`: does not take it, and says that a later try may succeed.
 * - `reject`: does not take it, and says that no later try will.
 * - `hang`: takes it, and never answers.
 * - `drop`: takes it, and closes the connection instead of answering.
 */
export type ProviderMode = "accept" | "unavailable" | "reject" | "hang" | "drop";

/** A real server that plays the provider: `node:http`, `smtp-server`, … It never acts through the plugin's own code. */
export interface ProviderStandIn {
  /** Config of a connection to it, as an operator would write it. */
  readonly config: { readonly [field: string]: unknown };
  /** Says how every later call is answered; `accept` from the start. */
  behave(mode: ProviderMode): void;
  /**
   * One entry per call that reached it in full, whatever it answered, oldest first: what the provider can know
   * a repeated call by. The idempotency key, or something made of nothing else. Of a batch, one for each delivery.
   */
  keys(): readonly string[];
  /** Whom each of these calls was for, in the form of the call's `address`; needed where an action is `addressOnly`. */
  reached?(): readonly string[];
  /** Closes the server and what is connected to it. */
  stop(): Promise<void>;
}
