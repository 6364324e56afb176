import type { z } from "zod";
import type { Verdict } from "./connection-verdict.ts";
import type { ActionHandler, ActionManifest, BatchHandler } from "./contract/action.ts";
import type { PluginConnectionMethods } from "./contract/connection.ts";
import type { PluginHost } from "./contract/host.ts";
import type { ActionManifests, PluginManifest } from "./contract/manifest.ts";
import type { Plugin } from "./contract/plugin.ts";
import type { ReceiptKind } from "./contract/receipt.ts";
import type { SignalManifests } from "./contract/signal.ts";
import type { ExactAction, ExactActions, ExactSignals } from "./exact-manifest.ts";

/**
 * Returns the action unchanged, with its types inferred. A field that no action has does not compile: one that may be
 * left out, `address` say, would be lost by a slip of the pen.
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
  const A extends ActionManifest<Input, Output> & ExactAction<A>,
>(action: A & ActionManifest<Input, Output>): A {
  return action;
}

/**
 * Returns the manifest unchanged, with the types of its config, actions, events and signals inferred. A field that there
 * is not does not compile, in the actions and signals neither.
 */
export function defineManifest<
  Config extends z.ZodObject,
  const Actions extends ActionManifests & ExactActions<Actions>,
  const Kinds extends ReceiptKind = never,
  const Signals extends SignalManifests & ExactSignals<Signals> = NoSignals,
>(
  manifest: PluginManifest<Config, Actions, Kinds, Signals> & TemplatesOf<Actions>,
): PluginManifest<Config, Actions, Kinds, Signals> {
  return manifest;
}

/**
 * Joins a manifest and its implementation. A missing handler, a handler for an unknown action, a missing method that
 * the manifest asks for, a method that there is not and a field that a handler's result does not have do not compile, and
 * the compiler's last line says which.
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
