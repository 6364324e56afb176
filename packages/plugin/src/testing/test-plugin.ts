import type { Plugin } from "../contract/plugin.ts";
import { actionCases } from "./action-cases.ts";
import { addressCases } from "./address-cases.ts";
import { batchCases } from "./batch-cases.ts";
import { connectionCases } from "./connection-cases.ts";
import { linkCases } from "./link-cases.ts";
import type { LinkSample } from "./link-tests.ts";
import { pollCases } from "./poll-cases.ts";
import type { PollTests } from "./poll-tests.ts";
import { previewCases } from "./preview-cases.ts";
import type { ProviderStandIn } from "./provider-stand-in.ts";
import { serveCases } from "./serve-cases.ts";
import type { TestHostParts } from "./test-host.ts";
import { webhookCases } from "./webhook-cases.ts";
import { webhookForgeryCases } from "./webhook-forgery-cases.ts";
import type { WebhookTests } from "./webhook-tests.ts";

/** One call of an action that its provider accepts. */
export interface SampleCall {
  /** As rendered. */
  readonly input: { readonly [field: string]: unknown };
  readonly address?: string;
  /** Of an action that is `addressOnly`: somebody else's address. */
  readonly otherAddress?: string;
  /** What the provider refuses for good while it accepts the call; needed for an action that declares `batch`. */
  readonly refused?: { readonly input: { readonly [field: string]: unknown }; readonly address?: string };
  /** The action reaches no provider: what it keeps is all there is to it. */
  readonly local?: true;
}

/** What {@link testPlugin} needs to know about a plugin. */
export interface PluginTestSetup {
  readonly plugin: Plugin;
  /** For every action one call that the provider accepts: input as rendered, and the address if it needs one. */
  readonly calls: { readonly [action: string]: SampleCall };
  /** Starts a fresh stand-in; called once per test. */
  startProvider(): Promise<ProviderStandIn>;
  /** For a plugin with `receive`. */
  readonly webhooks?: WebhookTests;
  /** For a plugin that signs links: one of each kind. */
  readonly links?: readonly LinkSample[];
  /** For a plugin with `poll`. */
  readonly polls?: PollTests;
  /** `check` asks no provider: whom a connection calls, an address says. */
  readonly checksLocally?: true;
  /** Replaces parts of the test host. */
  readonly host?: TestHostParts;
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
 * error is a `WendError` whose code fits what happened and tells nothing private, no log line does either, `close` may
 * be called twice, `lookup` agrees with what the provider took, an action that is `addressOnly` reaches whoever has the
 * address, a batch does what its single calls do, also where the provider refuses one of them, `preview` sends nothing,
 * `serve` answers whatever is asked. With `links`: nobody is led or changed by more than a token says. With `webhooks`:
 * what is genuine is read as its author says, and nothing
 * else is. With `polls`: no fact is missed, and none is told under another id.
 *
 * @example
 * for (const { name, run } of testPlugin({ plugin, calls, startProvider })) test(name, run);
 */
export function testPlugin(setup: PluginTestSetup): readonly ConformanceTest[] {
  const actions = Object.keys(setup.plugin.manifest.actions);
  const { links, webhooks, polls } = setup;
  return [
    ...connectionCases(setup),
    ...serveCases(setup),
    ...(links === undefined ? [] : linkCases({ ...setup, links })),
    ...actions.flatMap((action) => [
      ...actionCases(setup, action),
      ...addressCases(setup, action),
      ...batchCases(setup, action),
      ...previewCases(setup, action),
    ]),
    ...(webhooks === undefined ? [] : webhookCases({ ...setup, webhooks })),
    ...(webhooks === undefined ? [] : webhookForgeryCases({ ...setup, webhooks })),
    ...(polls === undefined ? [] : pollCases({ ...setup, polls })),
  ];
}
