import assert from "node:assert/strict";
import type { ActionManifest } from "../contract/action.ts";
import type { RetryPolicy } from "../error-table.ts";
import { expectCoded, settlesWithin, until } from "./expectations.ts";
import type { OpenConnection } from "./open-connection.ts";
import { openConnection } from "./open-connection.ts";
import { expectDiscreet, privateWords } from "./private-words.ts";
import type { ProviderMode } from "./provider-stand-in.ts";
import type { ConformanceTest, PluginTestSetup } from "./test-plugin.ts";

const ABORT_MS = 1_000;

/** The tests of one action. */
export function actionCases(setup: PluginTestSetup, action: string): ConformanceTest[] {
  const manifest = setup.plugin.manifest.actions[action] as ActionManifest;
  const named: Named = (sentence, body) => ({
    name: `${setup.plugin.manifest.id}.${action}: ${sentence}`,
    run: async () => {
      await using open = await openConnection(setup);
      await body(open);
    },
  });
  const accepts = named("an accepted call returns what the manifest allows", async ({ call }) => {
    const accepted = await call(action);
    assert.ok(manifest.output.safeParse(accepted.output).success, "the output does not parse");
  });
  if (setup.calls[action]?.local) return [accepts, ...localCases(action, named)];
  return [
    accepts,
    named("the key is the same on every attempt, and another for another delivery", (open) =>
      keepsItsKey(open, action, manifest.dedupe.by),
    ),
    named("a provider that fails for now is a backoff", (open) => answers(open, action, "unavailable", "backoff")),
    named("a provider that refuses for good is not asked again", (open) => answers(open, action, "reject", "never")),
    named("a connection lost after the call is ambiguous", (open) => answers(open, action, "drop", "ambiguous")),
    named("a provider that is gone is a backoff", async ({ call, provider }) => {
      await provider.stop();
      await expectCoded(call(action), "backoff");
    }),
    named("an abort ends a call under way at once, and it is ambiguous", (open) => obeysAbort(open, action)),
    named("a call that was aborted before it began reaches nobody", async ({ call, provider }) => {
      await settlesWithin(ABORT_MS, expectCoded(call(action, { signal: AbortSignal.abort() })));
      assert.deepEqual(provider.keys(), []);
    }),
    named("a call after close is an error with a code", async ({ call, connection }) => {
      if (connection.close === undefined) return;
      await connection.close();
      await expectCoded(call(action));
    }),
    named("no log line holds a secret or an address", (open) => logsNothingPrivate(open, { setup, action })),
    named("no error tells a secret, an address or a text of the input", (open) =>
      tellsNothingPrivate(open, { setup, action }),
    ),
    ...(manifest.dedupe.by === "lookup"
      ? [named("lookup knows what was accepted and nothing else", (open) => looksUp(open, action))]
      : []),
  ];
}

type Named = (sentence: string, body: (open: OpenConnection) => Promise<unknown>) => ConformanceTest;

/** Of an action that reaches no provider. */
function localCases(action: string, named: Named): ConformanceTest[] {
  return [
    named("it reaches no provider, and gives the same every time", async ({ call, provider }) => {
      const [first, second] = [await call(action, { attempt: 1 }), await call(action, { attempt: 2 })];
      assert.deepEqual(second, first, "a second call changes what the first has returned");
      assert.deepEqual(provider.keys(), [], "it has reached the provider");
    }),
    named("a call that was aborted before it began is a backoff", async ({ call }) => {
      await settlesWithin(ABORT_MS, expectCoded(call(action, { signal: AbortSignal.abort() }), "backoff"));
    }),
  ];
}

async function answers(
  { call, provider }: OpenConnection,
  action: string,
  ...[mode, retry]: [mode: "unavailable" | "reject" | "drop", retry: RetryPolicy]
): Promise<void> {
  provider.behave(mode);
  await expectCoded(call(action), retry);
}

async function keepsItsKey({ call, provider }: OpenConnection, action: string, by: string): Promise<void> {
  provider.behave("unavailable");
  await expectCoded(call(action, { attempt: 1 }), "backoff");
  provider.behave("drop");
  await expectCoded(call(action, { attempt: 2 }), "ambiguous");
  provider.behave("accept");
  await call(action, { attempt: 3 });
  const keys = provider.keys();
  assert.equal(new Set(keys).size, 1, `attempts of one delivery came with different keys: ${keys.join(", ")}`);
  await call(action, { idempotencyKey: "run-1:2", deliveryId: "delivery-2" });
  if (by === "key" || by === "lookup") {
    assert.notEqual(provider.keys().at(-1), keys[0], "two deliveries came with one key");
  }
}

async function obeysAbort({ call, provider }: OpenConnection, action: string): Promise<void> {
  provider.behave("hang");
  const controller = new AbortController();
  const called = expectCoded(call(action, { signal: controller.signal }), "ambiguous");
  called.catch(() => undefined);
  await until(() => provider.keys().length > 0, "the call to reach the provider");
  controller.abort();
  await settlesWithin(ABORT_MS, called);
}

async function tellsNothingPrivate(
  open: OpenConnection,
  { setup, action }: { setup: PluginTestSetup; action: string },
): Promise<void> {
  const { call, provider } = open;
  const words = privateWords(setup, open, action);
  const expectDiscreetCall = () => call(action).catch((error: unknown) => expectDiscreet(error, words));
  for (const mode of ["unavailable", "reject", "drop"] as const) {
    provider.behave(mode);
    await expectDiscreetCall();
  }
  await provider.stop();
  await expectDiscreetCall();
}

async function logsNothingPrivate(
  open: OpenConnection,
  { setup, action }: { setup: PluginTestSetup; action: string },
): Promise<void> {
  const { call, provider, host } = open;
  const { secrets, address } = privateWords(setup, open, action);
  for (const mode of ["accept", "unavailable", "reject", "drop"] as const) {
    provider.behave(mode);
    await call(action).catch(() => undefined);
  }
  const written = JSON.stringify(host.lines);
  for (const word of [...secrets, ...address]) {
    assert.ok(!written.includes(word), "a log line holds a secret or an address");
  }
}

async function looksUp({ call, connection, provider }: OpenConnection, action: string): Promise<void> {
  const lookUp = async (key: string) => {
    provider.behave("accept");
    return connection.lookup?.(key, action, new AbortController().signal);
  };
  const { providerId } = await call(action, { idempotencyKey: "run-1:1" });
  const known = await lookUp("run-1:1");
  assert.equal(known?.outcome, "accepted", "what the provider took is not found");
  if (known?.outcome === "accepted" && known.providerId !== undefined && providerId !== undefined) {
    assert.equal(known.providerId, providerId, "the call and lookup() name it by different ids");
  }
  const after = { drop: "accepted", reject: "absent", unavailable: "absent" } as const;
  for (const [mode, outcome] of Object.entries(after)) {
    provider.behave(mode as ProviderMode);
    await expectCoded(call(action, { idempotencyKey: `run-${mode}:1` }));
    assert.equal((await lookUp(`run-${mode}:1`))?.outcome, outcome, `after ${mode}`);
  }
  assert.equal((await lookUp("run-9:9"))?.outcome, "absent", "what nobody sent is found");
}
