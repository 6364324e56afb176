import type { z } from "zod";
import type { ActionHandler, ActionManifest, BatchHandler } from "./contract/action.ts";
import type { PluginConnectionMethods } from "./contract/connection.ts";
import type { PluginHost } from "./contract/host.ts";
import type { ActionManifests, PluginManifest } from "./contract/manifest.ts";
import type { Plugin } from "./contract/plugin.ts";
import type { ReceiptKind } from "./contract/receipt.ts";
import type { SignalManifests } from "./contract/signal.ts";

/**
 * Returns the action unchanged, with its types inferred.
 *
 * @example
 * const send = defineAction({
 *   title: "Sends one text.",
 *   input: z.object({ text: z.string() }),
 *   output: z.object({}),
 *   channel: "sms",
 *   purpose: "promotional",
 *   address: "phone",
 *   addressOnly: true,
 *   dedupe: { by: "none" },
 *   templates: { text: "text" },
 * });
 */
export function defineAction<
  Input extends z.ZodObject,
  Output extends z.ZodType,
  const A extends ActionManifest<Input, Output>,
>(action: A & ActionManifest<Input, Output>): A {
  return action;
}

/** Returns the manifest unchanged, with the types of its config, actions, events and signals inferred. */
export function defineManifest<
  Config extends z.ZodObject,
  const Actions extends ActionManifests,
  const Kinds extends ReceiptKind = never,
  const Signals extends SignalManifests = NoSignals,
>(
  manifest: PluginManifest<Config, Actions, Kinds, Signals> & TemplatesOf<Actions>,
): PluginManifest<Config, Actions, Kinds, Signals> {
  return manifest;
}

/**
 * Joins a manifest and its implementation. A missing handler, a handler for an unknown action and a missing
 * method that the manifest asks for do not compile, and the compiler's last line says which.
 *
 * `connect` gets the config as parsed by the manifest; what it throws keeps the connection from opening.
 *
 * @example
 * export const desk = definePlugin(manifest, async (config, host) => ({
 *   actions: { open: async (call) => ({ providerId: await open(config, host, call), output: {} }) },
 * }));
 */
export function definePlugin<
  Config extends z.ZodObject,
  const Actions extends ActionManifests,
  Connection extends ConnectionInPart<Actions, Kinds, Signals>,
  const Kinds extends ReceiptKind = never,
  const Signals extends SignalManifests = NoSignals,
>(
  manifest: PluginManifest<Config, Actions, Kinds, Signals>,
  connect: (
    config: z.infer<Config>,
    host: PluginHost,
  ) => Promise<Connection & Verdict<Actions, Kinds, Signals, Connection>>,
): Plugin<Config, Actions> {
  // Verdict has shown that the connection is complete; the compiler cannot carry that over by itself.
  return { manifest, connect: connect as unknown as Plugin<Config, Actions>["connect"] };
}

type NoSignals = Record<never, never>;

// Types the parameters of handlers while they are written; what is missing is said by Verdict, in a sentence.
interface ConnectionInPart<
  Actions extends ActionManifests,
  Kinds extends ReceiptKind = ReceiptKind,
  Signals extends SignalManifests = SignalManifests,
> extends PluginConnectionMethods<Actions, Kinds, Signals> {
  readonly actions: { readonly [Name in keyof Actions]?: ActionHandler<Actions[Name]> };
  readonly batches?: { readonly [Name in keyof Actions]?: BatchHandler<Actions[Name]> };
}

type Verdict<
  Actions extends ActionManifests,
  Kinds extends ReceiptKind,
  Signals extends SignalManifests,
  Connection,
> = string extends keyof Actions
  ? unknown
  : [Fault<Actions, Kinds, Signals, Connection>] extends [never]
    ? unknown
    : Fault<Actions, Kinds, Signals, Connection>;

type Fault<Actions extends ActionManifests, Kinds extends ReceiptKind, Signals extends SignalManifests, Connection> =
  | `The action ${Exclude<keyof Actions, HandlersOf<Connection, "actions">> & string} has no handler`
  | `The manifest declares no action ${Exclude<HandlersOf<Connection, "actions">, keyof Actions> & string}`
  | `The action ${Exclude<BatchedOf<Actions>, HandlersOf<Connection, "batches">>} declares batch: it needs a handler in batches`
  | LookupFault<Actions, Connection>
  | ReceiverFault<Told<Kinds, keyof Signals>, Connection>;

// Optional, so that it holds of ConnectionInPart too: that is what stands for a connection while its handlers are typed.
type HandlersOf<Connection, Field extends string> = Connection extends { readonly [F in Field]?: infer Handlers }
  ? keyof NonNullable<Handlers>
  : never;

type BatchedOf<Actions extends ActionManifests> = {
  [Name in keyof Actions & string]: Actions[Name] extends { readonly batch: object } ? Name : never;
}[keyof Actions & string];

type LookupFault<Actions extends ActionManifests, Connection> = "lookup" extends Actions[keyof Actions]["dedupe"]["by"]
  ? "lookup" extends keyof Connection
    ? never
    : "An action declares dedupe by lookup: the connection needs lookup()"
  : never;

type ReceiverFault<Facts extends string, Connection> = [Facts] extends [never]
  ? never
  : [Extract<keyof Connection, "receive" | "poll" | "serve">] extends [never]
    ? `The manifest declares ${Facts}: the connection needs receive(), poll() or serve()`
    : never;

// The first of them that a manifest declares. One whose type is not known tells nothing of what it declares.
type Told<Kinds extends ReceiptKind, Names> = [Kinds] extends [never]
  ? [Names] extends [never]
    ? never
    : string extends Names
      ? never
      : "signals"
  : ReceiptKind extends Kinds
    ? never
    : "events";

// Actions written inline infer `templates` from themselves; this holds them to the fields of `input`.
interface TemplatesOf<Actions extends ActionManifests> {
  readonly actions: {
    readonly [Name in keyof Actions]: {
      readonly templates?: {
        readonly [Field in Exclude<
          keyof NonNullable<Actions[Name]["templates"]>,
          keyof z.infer<Actions[Name]["input"]>
        >]: never;
      };
    };
  };
}
