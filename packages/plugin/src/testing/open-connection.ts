import assert from "node:assert/strict";
import type { Accepted, ActionCall, PluginConnection } from "../contract.ts";
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

export async function openConnection(setup: PluginTestSetup): Promise<OpenConnection> {
  const { manifest } = setup.plugin;
  const host = createTestHost(setup.host);
  const provider = await setup.startProvider();
  const connection = await setup.plugin.connect(manifest.config.parse(provider.config), host);
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
      const call = { address: sample.address, idempotencyKey: "run-1:1", deliveryId: "delivery-1", attempt: 1 };
      return handler({ input, signal: new AbortController().signal, ...call, ...(overrides as object) });
    },
    [Symbol.asyncDispose]: async () => {
      await connection.close?.();
      await provider.stop();
    },
  };
}
