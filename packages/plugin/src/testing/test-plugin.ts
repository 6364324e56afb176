import type { Plugin, PluginHost } from "../contract.ts";
import { actionCases } from "./action-cases.ts";
import { connectionCases } from "./connection-cases.ts";
import type { ProviderStandIn } from "./provider-stand-in.ts";

/** What {@link testPlugin} needs to know about a plugin. */
export interface PluginTestSetup {
  readonly plugin: Plugin;
  /** For every action one call that the provider accepts: input as rendered, and the address if it needs one. */
  readonly calls: {
    readonly [action: string]: { readonly input: { readonly [field: string]: unknown }; readonly address?: string };
  };
  /** Starts a fresh stand-in; called once per test. */
  startProvider(): Promise<ProviderStandIn>;
  /** Replaces parts of the test host. */
  readonly host?: Partial<PluginHost>;
}

/** One test: give it to the runner you use. */
export interface ConformanceTest {
  readonly name: string;
  /** Rejects when the plugin does not conform. */
  run(): Promise<void>;
}

/**
 * The tests that every plugin has to pass, whatever its provider: the manifest fits the contract, an accepted
 * call returns what the manifest says, the key is the same on every attempt, an abort is obeyed at once, every
 * error is a `WendError` whose code fits what happened, no log line holds a secret or an address, `close` may
 * be called twice, `lookup` answers where it is declared.
 *
 * @example
 * for (const { name, run } of testPlugin({ plugin, calls, startProvider })) test(name, run);
 */
export function testPlugin(setup: PluginTestSetup): readonly ConformanceTest[] {
  const actions = Object.keys(setup.plugin.manifest.actions);
  return [...connectionCases(setup), ...actions.flatMap((action) => actionCases(setup, action))];
}
