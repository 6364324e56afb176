import assert from "node:assert/strict";
import type { Accepted, ActionCall } from "../contract/action.ts";
import type { PluginConnection } from "../contract/connection.ts";
import type { ProviderStandIn } from "./provider-stand-in.ts";
import type { TestHost } from "./test-host.ts";
import { createTestHost } from "./test-host.ts";
import type { PluginTestSetup } from "./test-plugin.ts";

/** A connection to a fresh stand-in; leaving the scope closes both. */
export interface OpenConnection extends AsyncDisposable {
  readonly connection: PluginConnection;
  readonly provider: ProviderStandIn;
  readonly host: TestHost;
  /** Calls an action as the host would, with what `overrides` changes. */
  call(action: string, overrides?: Partial<ActionCall<unknown>>): Promise<Accepted<unknown>>;
}

/** What a connection has of its own. */
export interface OpenOptions {
  /** Fields of its config beside the stand-in's. */
  readonly config?: { readonly [field: string]: unknown };
  /** Another stand-in than the setup's. */
  readonly startProvider?: PluginTestSetup["startProvider"];
}

export async function openConnection(setup: PluginTestSetup, options: OpenOptions = {}): Promise<OpenConnection> {
  const { manifest } = setup.plugin;
  const host = createTestHost(setup.host);
  const provider = await (options.startProvider ?? setup.startProvider)();
  const connect = async () =>
    setup.plugin.connect(manifest.config.parse({ ...provider.config, ...options.config }), host);
  const connection = await connect().catch(async (error: unknown) => {
    await provider.stop();
    throw error;
  });
  return {
    connection,
    provider,
    host,
    call: async (action, overrides) => {
      const sample = setup.calls[action];
      const handler = connection.actions[action];
      assert.ok(sample !== undefined, `the setup has no call for the action ${action}`);
      assert.ok(handler !== undefined, `the connection has no handler for the action ${action}`);
      const input = manifest.actions[action]?.input.parse(sample.input) ?? {};
      const call = {
        address: sample.address,
        idempotencyKey: "run-1:1",
        deliveryId: "delivery-1",
        profileId: "profile-1",
        attempt: 1,
        purpose: manifest.actions[action]?.purpose ?? "transactional",
      };
      return handler({ input, signal: new AbortController().signal, ...call, ...(overrides as object) });
    },
    [Symbol.asyncDispose]: async () => {
      await connection.close?.();
      await provider.stop();
    },
  };
}
