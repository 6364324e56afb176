import assert from "node:assert/strict";
import type { Accepted, ActionItem, ActionManifest, BatchResult } from "../contract/action.ts";
import { WendError } from "../errors.ts";
import { settlesWithin, until } from "./expectations.ts";
import type { OpenConnection } from "./open-connection.ts";
import { openConnection } from "./open-connection.ts";
import type { ConformanceTest, PluginTestSetup } from "./test-plugin.ts";

const ABORT_MS = 1_000;
/** Enough to tell an order by. */
const MOST_ITEMS = 3;

interface Batched {
  readonly setup: PluginTestSetup;
  readonly action: string;
  readonly manifest: ActionManifest;
  readonly items: readonly ActionItem<unknown>[];
}

/** The tests of an action that declares `batch`; none for another. */
export function batchCases(setup: PluginTestSetup, action: string): ConformanceTest[] {
  const manifest = setup.plugin.manifest.actions[action] as ActionManifest;
  if (manifest.batch === undefined) return [];
  const { id } = setup.plugin.manifest;
  const batched = (): Batched => ({ setup, action, manifest, items: itemsOf(setup, action) });
  return [
    {
      name: `${id}.${action}: a batch does what its single calls do`,
      run: () => equalsItsCalls(batched()),
    },
    {
      name: `${id}.${action}: one that the provider refuses leaves the rest of its batch alone`,
      run: () => refusesOne(batched()),
    },
    {
      name: `${id}.${action}: an abort ends a batch under way at once, and each of it is ambiguous`,
      run: () => obeysAbort(batched()),
    },
    {
      name: `${id}.${action}: a batch that was aborted before it began reaches nobody`,
      run: () => beginsNothing(batched()),
    },
  ];
}

/** What became of a delivery, however it was told. */
type Ended = { readonly accepted: Accepted<unknown> } | { readonly code: string; readonly retry: string };

async function equalsItsCalls(batched: Batched): Promise<void> {
  for (const mode of ["accept", "unavailable", "reject", "drop"] as const) {
    await using alone = await openConnection(batched.setup);
    await using together = await openConnection(batched.setup);
    alone.provider.behave(mode);
    together.provider.behave(mode);
    const each: Ended[] = [];
    for (const item of batched.items) {
      each.push(await endOf(alone.call(batched.action, item)));
    }
    const all = await endsOf(together, batched, new AbortController().signal);
    assert.deepEqual(all, each, `a provider that answers by ${mode}: a batch ended otherwise than its single calls`);
    expectOwnKeys(together.provider.keys(), batched);
  }
}

async function refusesOne(batched: Batched): Promise<void> {
  const { setup, action, manifest } = batched;
  const refused = setup.calls[action]?.refused;
  assert.ok(refused !== undefined, `the call of ${action} in the setup has no \`refused\`: a batch needs one to try`);
  const bad = { address: setup.calls[action]?.address, ...refused, input: manifest.input.parse(refused.input) };
  const items = batched.items.map((item, index) => (index === 1 ? { ...item, ...bad } : item));
  await using alone = await openConnection(setup);
  await using together = await openConnection(setup);
  const each: Ended[] = [];
  for (const item of items) each.push(await endOf(alone.call(action, item)));
  assert.deepEqual(
    each.map((end) => ("retry" in end ? end.retry : "accepted")),
    items.map((_, index) => (index === 1 ? "never" : "accepted")),
    "of single calls the provider refuses `refused` for good, and accepts the others",
  );
  const all = await endsOf(together, { ...batched, items }, new AbortController().signal);
  assert.deepEqual(all, each, "a batch with one that is refused ended otherwise than its single calls");
}

function expectOwnKeys(keys: readonly string[], { items, manifest }: Batched): void {
  assert.equal(keys.length, items.length, "not every delivery of the batch reached the provider once");
  const { by } = manifest.dedupe;
  if (by !== "key" && by !== "lookup") return;
  assert.equal(new Set(keys).size, items.length, `deliveries of a batch came with one key: ${keys.join(", ")}`);
}

async function obeysAbort(batched: Batched): Promise<void> {
  await using open = await openConnection(batched.setup);
  open.provider.behave("hang");
  const controller = new AbortController();
  const ended = endsOf(open, batched, controller.signal);
  ended.catch(() => undefined);
  await until(() => open.provider.keys().length > 0, "the batch to reach the provider");
  controller.abort();
  await settlesWithin(ABORT_MS, ended);
  for (const end of await ended) assert.equal("retry" in end && end.retry, "ambiguous", "an aborted call is ambiguous");
}

async function beginsNothing(batched: Batched): Promise<void> {
  await using open = await openConnection(batched.setup);
  const ended = endsOf(open, batched, AbortSignal.abort());
  ended.catch(() => undefined);
  await settlesWithin(ABORT_MS, ended);
  for (const end of await ended) assert.ok("code" in end, "a batch that was aborted before it began was accepted");
  assert.deepEqual(open.provider.keys(), []);
}

/** Calls the batch handler as the host would. */
async function endsOf(open: OpenConnection, batched: Batched, signal: AbortSignal): Promise<readonly Ended[]> {
  const { action, items, manifest } = batched;
  const handler = open.connection.batches?.[action];
  assert.ok(handler !== undefined, `the connection has no handler in batches for the action ${action}`);
  let results: readonly BatchResult<unknown>[];
  try {
    results = await handler(items as never, signal);
  } catch (error) {
    // What it throws holds for all.
    return items.map(() => codeOf(error));
  }
  assert.equal(results.length, items.length, "a batch has a result for each of its deliveries");
  return results.map((result) => {
    if ("error" in result) return codeOf(result.error);
    assert.ok(manifest.output.safeParse(result.output).success, "the output does not parse");
    return { accepted: result };
  });
}

const endOf = (call: Promise<Accepted<unknown>>): Promise<Ended> =>
  call.then((accepted): Ended => ({ accepted }), codeOf);

function codeOf(error: unknown): Ended {
  if (!(error instanceof WendError)) throw new assert.AssertionError({ message: `not a WendError: ${String(error)}` });
  return { code: error.code, retry: error.retry };
}

function itemsOf({ plugin, calls }: PluginTestSetup, action: string): readonly ActionItem<unknown>[] {
  const manifest = plugin.manifest.actions[action] as ActionManifest;
  const sample = calls[action];
  assert.ok(sample !== undefined, `the setup has no call for the action ${action}`);
  const input = manifest.input.parse(sample.input);
  return Array.from({ length: Math.min(MOST_ITEMS, manifest.batch?.size ?? 1) }, (_, index) => ({
    input,
    address: sample.address,
    idempotencyKey: `run-${index + 1}:1`,
    deliveryId: `delivery-${index + 1}`,
    profileId: `profile-${index + 1}`,
    attempt: 1,
    purpose: manifest.purpose,
  }));
}
