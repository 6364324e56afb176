import assert from "node:assert/strict";
import { WendError } from "../errors.ts";
import { validateConnection } from "../validate-connection.ts";
import { validateManifest } from "../validate-manifest.ts";
import { openConnection } from "./open-connection.ts";
import type { ConformanceTest, PluginTestSetup } from "./test-plugin.ts";

/** The tests of a connection as a whole. */
export function connectionCases(setup: PluginTestSetup): ConformanceTest[] {
  const { manifest } = setup.plugin;
  return [
    {
      name: `${manifest.id}: the manifest fits the contract`,
      run: async () => assert.deepEqual(validateManifest(manifest), []),
    },
    {
      name: `${manifest.id}: a connection has a handler for every action, and lookup where one declares it`,
      run: async () => {
        await using open = await openConnection(setup);
        assert.deepEqual(validateConnection(manifest, open.connection), []);
      },
    },
    {
      name: `${manifest.id}: what it can be told, by webhook or by polling, the setup tries`,
      run: () => isTried(setup),
    },
    {
      name: `${manifest.id}: close may be called twice`,
      run: async () => {
        await using open = await openConnection(setup);
        await open.connection.close?.();
        await open.connection.close?.();
      },
    },
    {
      name: `${manifest.id}: a connection that has secrets has a check of them`,
      run: async () => {
        await using open = await openConnection(setup);
        const hasSecrets = (manifest.secrets ?? []).length > 0;
        assert.ok(!hasSecrets || open.connection.check !== undefined, "wrong secrets are found by the first delivery");
      },
    },
    {
      name: `${manifest.id}: check finds nothing while the provider answers, and something once it is gone`,
      run: () => checkTellsTheTruth(setup),
    },
  ];
}

async function checkTellsTheTruth(setup: PluginTestSetup): Promise<void> {
  await using open = await openConnection(setup);
  if (open.connection.check === undefined) return;
  const { signal } = new AbortController();
  assert.deepEqual((await open.connection.check(signal)).problems, []);
  assert.deepEqual(open.provider.keys(), [], "check must not send");
  if (setup.checksLocally) return;
  await open.provider.stop();
  const verdict = await open.connection.check(signal).catch((error: unknown) => error);
  if (verdict instanceof WendError) return;
  const problems = (verdict as { problems?: readonly unknown[] }).problems;
  assert.ok(problems !== undefined && problems.length > 0, "check found nothing wrong with a provider that is gone");
}

async function isTried(setup: PluginTestSetup): Promise<void> {
  await using open = await openConnection(setup);
  const { receive, poll } = open.connection;
  assert.equal(
    setup.webhooks !== undefined,
    receive !== undefined,
    "receive() and `webhooks` of the setup go together",
  );
  assert.equal(setup.polls !== undefined, poll !== undefined, "poll() and `polls` of the setup go together");
}
