import type { z } from "zod";
import type { ActionManifest } from "./action.ts";
import type { ReceiptKind } from "./receipt.ts";
import type { SignalManifests } from "./signal.ts";

/** The contract number this package speaks; a manifest states the one it was written for. */
export const CONTRACT = 1;

/** A plugin's actions by name. */
export type ActionManifests = Record<string, ActionManifest>;

/** A plugin as data: all that the API, the journey checker and authors need, without loading an SDK. */
export interface PluginManifest<
  Config extends z.ZodObject = z.ZodObject,
  Actions extends ActionManifests = ActionManifests,
  Kinds extends ReceiptKind = ReceiptKind,
  Signals extends SignalManifests = SignalManifests,
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
  /** What its receipts can say: what a journey can wait for. Absent when the provider never says more than the call. */
  readonly events?: readonly Kinds[];
  /** Facts it brings in by itself, by the name of the event that each becomes. */
  readonly signals?: Signals;
  /** Where there is no webhook: how often a connection is asked for what is new. */
  readonly poll?: { readonly everyMs: number };
  /**
   * True for a plugin that reaches nobody: its actions only record what would have been done. History is replayed
   * through such plugins alone.
   */
  readonly recording?: boolean;
}
