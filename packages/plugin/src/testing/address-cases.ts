import assert from "node:assert/strict";
import { openConnection } from "./open-connection.ts";
import type { ConformanceTest, PluginTestSetup } from "./test-plugin.ts";

/** The test of an action that is `addressOnly`; none for another. */
export function addressCases(setup: PluginTestSetup, action: string): ConformanceTest[] {
  const { id, actions } = setup.plugin.manifest;
  if (actions[action]?.addressOnly !== true) return [];
  return [
    {
      name: `${id}.${action}: the same input with another address reaches that one and nobody else`,
      run: () => followsTheAddress(setup, action),
    },
  ];
}

async function followsTheAddress(setup: PluginTestSetup, action: string): Promise<void> {
  await using open = await openConnection(setup);
  const { address, otherAddress } = setup.calls[action] ?? {};
  assert.ok(open.provider.reached !== undefined, "the stand-in does not tell whom it reached: give it `reached`");
  assert.ok(otherAddress !== undefined, `the setup's call of ${action} has no otherAddress`);
  assert.notEqual(otherAddress, address, "otherAddress is the address itself");
  await open.call(action);
  await open.call(action, { address: otherAddress, idempotencyKey: "run-1:2", deliveryId: "delivery-2" });
  assert.deepEqual(open.provider.reached(), [address, otherAddress], "it was not for whoever has the address");
}
