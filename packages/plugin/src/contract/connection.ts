import type { z } from "zod";
import type { Problem } from "../errors.ts";
import type { ActionHandler, BatchHandler } from "./action.ts";
import type { Polled, Received, Served, ServeRequest, WebhookRequest } from "./incoming.ts";
import type { ActionManifests } from "./manifest.ts";
import type { ReceiptKind } from "./receipt.ts";
import type { SignalManifests } from "./signal.ts";

/** What became of a key, as the provider tells it. */
export type LookupResult =
  | { readonly outcome: "accepted"; readonly providerId?: string }
  | { readonly outcome: "absent" }
  | { readonly outcome: "unclear" };

/** What {@link PluginConnectionMethods.check} found; an empty list of problems means the connection works. */
export interface CheckResult {
  readonly problems: readonly Problem[];
}

/** A delivery that is not sent but looked at. */
export type PreviewAsked<Actions extends ActionManifests = ActionManifests> = {
  readonly [Name in keyof Actions & string]: {
    readonly action: Name;
    readonly input: z.infer<Actions[Name]["input"]>;
    readonly address: string | undefined;
  };
}[keyof Actions & string];

/** What a delivery would be at the provider. */
export interface Preview {
  /** What the provider counts and bills: segments of an SMS; 1 where it does not split. */
  readonly parts: number;
  /** Size as it would be transferred. */
  readonly bytes: number;
  /** `GSM-7`, `UCS-2`, … where it decides the parts. */
  readonly encoding?: string;
  /** What the provider would bill, where it can be told. */
  readonly cost?: { readonly amount: number; readonly currency: string };
  /** What the author should know: a character that doubles the parts, a size that providers cut off. */
  readonly notes: readonly string[];
}

/** What a connection can do beside its actions. Each is optional unless the manifest asks for it. */
export interface PluginConnectionMethods<
  Actions extends ActionManifests = ActionManifests,
  Kinds extends ReceiptKind = ReceiptKind,
  Signals extends SignalManifests = SignalManifests,
> {
  /** What became of a key; required when an action declares dedupe by `lookup`. */
  lookup?(key: string, action: string, signal: AbortSignal): Promise<LookupResult>;
  /**
   * Verifies a webhook over its raw bytes and reads it. Throws `webhook.refused` when it is not genuine: the provider
   * hears 401 and no reason. Repeats are no concern of the plugin.
   */
  receive?(request: WebhookRequest): Promise<Received<Kinds, Signals>>;
  /** What is new since a cursor, null the first time; required when the manifest declares `poll`. */
  poll?(cursor: string | null, signal: AbortSignal): Promise<Polled<Kinds, Signals>>;
  /** Answers a customer's browser below the connection's own path. */
  serve?(request: ServeRequest): Promise<Served<Kinds, Signals>>;
  /** What a delivery would be, without sending it: parts, size, cost. Calls no provider that bills. */
  preview?(asked: PreviewAsked<Actions>, signal: AbortSignal): Promise<Preview>;
  /** Tests the connection without sending. */
  check?(signal: AbortSignal): Promise<CheckResult>;
  /** Frees sockets; may be called twice. */
  close?(): Promise<void>;
}

/** A connection as the plugin made it: a handler for every action, and what else it can do. */
export interface PluginConnection<Actions extends ActionManifests = ActionManifests> extends PluginConnectionMethods {
  readonly actions: { readonly [Name in keyof Actions]: ActionHandler<Actions[Name]> };
  /** For actions that declare `batch`. */
  readonly batches?: { readonly [Name in keyof Actions]?: BatchHandler<Actions[Name]> };
}
