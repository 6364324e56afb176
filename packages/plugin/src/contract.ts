import type { z } from "zod";
import type { Dedupe } from "./dedupe.ts";
import type { Problem } from "./errors.ts";

/** The contract number this package speaks; a manifest states the one it was written for. */
export const CONTRACT = 1;

/** Kinds of address an action can need; the host finds the profile's address of that kind. */
export type AddressKind = "email" | "phone" | "push" | "crm" | "support";

/** Why a customer is written to; a promotional action needs consent, a transactional one does not. */
export type Purpose = "promotional" | "transactional" | "mandatory";

/** How a field of an action's input is rendered: `text` and `html` are one Liquid template, `json` a tree whose strings are templates. */
export type TemplateKind = "text" | "html" | "json";

/** One thing a plugin can do, as data. */
export interface ActionManifest<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodType = z.ZodType> {
  /** One sentence: what the action does. */
  readonly title: string;
  /** What a journey author writes, and, rendered, what the handler receives. */
  readonly input: Input;
  /** What the handler returns beside the provider's id. */
  readonly output: Output;
  /** `email`, `webhook`, `sms`, … */
  readonly channel: string;
  /** Default purpose of a delivery by this action. */
  readonly purpose: Purpose;
  /** The kind of address the action needs; absent when it needs none. */
  readonly address?: AddressKind;
  /** What makes a repeated call safe. */
  readonly dedupe: Dedupe;
  /** Fields of `input` that are templates; the others are passed as written. */
  readonly templates?: { readonly [K in keyof z.infer<Input>]?: TemplateKind };
  /** Most calls a connection makes per second, unless it says otherwise. */
  readonly rateLimit?: { readonly perSecond: number };
  /** Milliseconds after which a call is aborted; 10,000 unless stated. */
  readonly timeoutMs?: number;
}

/** A plugin as data: all that the API, the journey checker and authors need, without loading an SDK. */
export interface PluginManifest<
  Config extends z.ZodObject = z.ZodObject,
  Actions extends Record<string, ActionManifest> = Record<string, ActionManifest>,
> {
  /** Lower case letters, digits and dashes: `email-smtp`. */
  readonly id: string;
  /** Semantic version of the plugin. */
  readonly version: string;
  /** The contract the plugin was written for; see {@link CONTRACT}. */
  readonly contract: typeof CONTRACT;
  /** What an operator configures for one connection. */
  readonly config: Config;
  /** Names of `config` fields that are secret: encrypted at rest, write-only in the API. */
  readonly secrets?: readonly (keyof z.infer<Config> & string)[];
  /** What a journey can do through a connection, by name. */
  readonly actions: Actions;
  /**
   * True for a plugin that reaches nobody: its actions only record what would have been done. History is replayed
   * through such plugins alone.
   */
  readonly recording?: boolean;
}

/** One call of an action. */
export interface ActionCall<Input> {
  /** Parsed by the manifest's `input`, its templates rendered. */
  readonly input: Input;
  /** The profile's address, present when the manifest asks for one. */
  readonly address: string | undefined;
  /** The same on every attempt of one delivery. */
  readonly idempotencyKey: string;
  /** For the plugin's log lines. */
  readonly deliveryId: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /**
   * Aborts at the action's timeout and when the worker loses its lease. Close the socket and reject at once:
   * with `provider.unavailable` when the provider cannot have acted yet, else with `provider.unknown_outcome`.
   */
  readonly signal: AbortSignal;
}

/** The provider took it. `providerId` is the provider's own name for it. */
export interface Accepted<Output> {
  readonly providerId?: string;
  readonly output: Output;
}

/** What became of a key, as the provider tells it. */
export type LookupResult =
  | { readonly outcome: "accepted"; readonly providerId?: string }
  | { readonly outcome: "absent" }
  | { readonly outcome: "unclear" };

/** What {@link PluginConnectionMethods.check} found; an empty list of problems means the connection works. */
export interface CheckResult {
  readonly problems: readonly Problem[];
}

/** What the host gives a plugin, and nothing else. */
export interface PluginHost {
  /** Adds the connection to every line. */
  readonly log: PluginLog;
  /** Now, in milliseconds since the epoch. */
  now(): number;
  /** `fetch`, guarded: no private addresses unless the operator allows them, no redirects, answers up to 1 MB. */
  readonly fetch: typeof globalThis.fetch;
  /** Resolves a host to one address that was checked by the same guard; connect to exactly this address. */
  resolveHost(host: string): Promise<{ readonly address: string; readonly family: 4 | 6 }>;
}

/** Log lines of a plugin: fields first. Never a secret, an address or a body. */
export interface PluginLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * Performs one call and returns what the provider accepted, or throws a `WendError`: its code decides whether
 * and when the host calls again. An error without a code counts as `plugin.crashed`.
 */
export type ActionHandler<A extends ActionManifest> = (
  call: ActionCall<z.infer<A["input"]>>,
) => Promise<Accepted<z.input<A["output"]>>>;

/** What a connection can do beside its actions. */
export interface PluginConnectionMethods {
  /** What became of a key; required when an action declares dedupe by `lookup`. */
  lookup?(key: string, action: string, signal: AbortSignal): Promise<LookupResult>;
  /** Tests the connection without sending. */
  check?(signal: AbortSignal): Promise<CheckResult>;
  /** Frees sockets; may be called twice. */
  close?(): Promise<void>;
}

/** A connection as the plugin made it: a handler for every action, and what else it can do. */
export interface PluginConnection<Actions extends Record<string, ActionManifest> = Record<string, ActionManifest>>
  extends PluginConnectionMethods {
  readonly actions: { readonly [Name in keyof Actions]: ActionHandler<Actions[Name]> };
}

/** A plugin: its manifest, and how to open one connection. */
export interface Plugin<
  Config extends z.ZodObject = z.ZodObject,
  Actions extends Record<string, ActionManifest> = Record<string, ActionManifest>,
> {
  readonly manifest: PluginManifest<Config, Actions>;
  /** Opens one configured instance. Called once per connection and process. */
  connect(config: z.infer<Config>, host: PluginHost): Promise<PluginConnection<Actions>>;
}
