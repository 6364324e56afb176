import assert from "node:assert/strict";
import { openConnection } from "./open-connection.ts";
import type { ConformanceTest, PluginTestSetup } from "./test-plugin.ts";

/** The tests of the preview of one action; nothing to do for a connection that has no `preview`. */
export function previewCases(setup: PluginTestSetup, action: string): ConformanceTest[] {
  return [
    {
      name: `${setup.plugin.manifest.id}.${action}: preview tells at least one part, and sends nothing`,
      run: () => previews(setup, action),
    },
  ];
}

async function previews(setup: PluginTestSetup, action: string): Promise<void> {
  await using open = await openConnection(setup);
  const { connection, provider } = open;
  if (connection.preview === undefined) return;
  const sample = setup.calls[action];
  assert.ok(sample !== undefined, `the setup has no call for the action ${action}`);
  const input = setup.plugin.manifest.actions[action]?.input.parse(sample.input) ?? {};
  const asked = { action, input, address: sample.address };
  const { parts, bytes, cost, notes } = await connection.preview(asked, new AbortController().signal);
  assert.ok(Number.isSafeInteger(parts) && parts >= 1, `${parts} parts`);
  assert.ok(Number.isSafeInteger(bytes) && bytes >= 0, `${bytes} bytes`);
  assert.ok(cost === undefined || (cost.amount >= 0 && cost.currency !== ""), "a cost is an amount and a currency");
  assert.ok(Array.isArray(notes), "notes is a list, empty when there are none");
  assert.deepEqual(provider.keys(), [], "preview must not send");
}
