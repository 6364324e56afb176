import type { z } from "zod";
import type {
  ActionHandler,
  ActionManifest,
  Plugin,
  PluginConnectionMethods,
  PluginHost,
  PluginManifest,
} from "./contract.ts";

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

/** Returns the manifest unchanged, with the types of its config and actions inferred. */
export function defineManifest<Config extends z.ZodObject, const Actions extends ActionManifests>(
  manifest: PluginManifest<Config, Actions> & TemplatesOf<Actions>,
): PluginManifest<Config, Actions> {
  return manifest;
}

/**
 * Joins a manifest and its implementation. A missing handler, a handler for an unknown action and a missing
 * `lookup` do not compile, and the compiler's last line says which.
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
  Connection extends ConnectionInPart<Actions>,
>(
  manifest: PluginManifest<Config, Actions>,
  connect: (config: z.infer<Config>, host: PluginHost) => Promise<Connection & Verdict<Actions, Connection>>,
): Plugin<Config, Actions> {
  // Verdict has shown that the connection is complete; the compiler cannot carry that over by itself.
  return { manifest, connect: connect as unknown as Plugin<Config, Actions>["connect"] };
}

type ActionManifests = Record<string, ActionManifest>;

// Types the parameters of handlers while they are written; what is missing is said by Verdict, in a sentence.
interface ConnectionInPart<Actions extends ActionManifests> extends PluginConnectionMethods {
  readonly actions: { readonly [Name in keyof Actions]?: ActionHandler<Actions[Name]> };
}

type Verdict<
  Actions extends ActionManifests,
  Connection extends ConnectionInPart<Actions>,
> = string extends keyof Actions
  ? unknown
  : [Fault<Actions, Connection>] extends [never]
    ? unknown
    : Fault<Actions, Connection>;

type Fault<Actions extends ActionManifests, Connection extends ConnectionInPart<Actions>> =
  | `The action ${Exclude<keyof Actions, keyof Connection["actions"]> & string} has no handler`
  | `The manifest declares no action ${Exclude<keyof Connection["actions"], keyof Actions> & string}`
  | LookupFault<Actions, Connection>;

type LookupFault<Actions extends ActionManifests, Connection> = "lookup" extends Actions[keyof Actions]["dedupe"]["by"]
  ? "lookup" extends keyof Connection
    ? never
    : "An action declares dedupe by lookup: the connection needs lookup()"
  : never;

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
