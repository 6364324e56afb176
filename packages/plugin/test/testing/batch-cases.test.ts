import type { Plugin } from "@wend/plugin";
import { testPlugin } from "@wend/plugin/testing";
import { describe, expect, test } from "vitest";
import { bulkSms } from "./bulk-sms.ts";
import { startBulk } from "./bulk-stand-in.ts";
import { failuresOf } from "./failures-of.ts";

const setup = {
  calls: { send: { input: { text: "Your code is 7." }, refused: { input: { text: "junk" } } } },
  startProvider: startBulk,
};
const equal = "a batch does what its single calls do";
const alone = "one that the provider refuses leaves the rest of its batch alone";
const aborts = "an abort ends a batch under way at once, and each of it is ambiguous";
const begins = "a batch that was aborted before it began reaches nobody";

describe("a plugin that takes batches passes every test", () => {
  for (const { name, run } of testPlugin({ ...setup, plugin: bulkSms })) test(name, run);
});

test("an action without batch has no test of one", () => {
  const { batch: _, ...send } = bulkSms.manifest.actions.send;
  const plugin: Plugin = {
    ...(bulkSms as Plugin),
    manifest: { ...(bulkSms.manifest as Plugin["manifest"]), actions: { send } },
  };
  expect(testPlugin({ ...setup, plugin }).filter(({ name }) => name.includes("batch"))).toEqual([]);
});

type Connect = Plugin["connect"];
type Send = NonNullable<NonNullable<Awaited<ReturnType<Connect>>["batches"]>[string]>;

async function failures(misbehave: (right: Send) => Send): Promise<string[]> {
  const plugin: Plugin = bulkSms;
  const connect: Connect = async (...args) => {
    const right = await plugin.connect(...args);
    return { ...right, batches: { send: misbehave(right.batches!.send!) } };
  };
  const failed: string[] = [];
  for (const { name, run } of testPlugin({ ...setup, plugin: { manifest: plugin.manifest, connect } })) {
    await run().catch(() => failed.push(name.replace("bulk-sms.send: ", "")));
  }
  return failed;
}

test.each<[string, string[], (right: Send) => Send]>([
  [
    "one key for all",
    [equal],
    (right) => (items, signal) =>
      right(
        items.map((item) => ({ ...item, idempotencyKey: "run-1:1" })),
        signal,
      ),
  ],
  [
    "results in another order",
    [equal, alone],
    (right) => async (items, signal) => (await right(items, signal)).toReversed(),
  ],
  ["a result too few", [equal, alone], (right) => async (items, signal) => (await right(items, signal)).slice(1)],
  [
    "a delivery left out",
    [equal, alone],
    (right) => async (items, signal) => [...(await right(items.slice(1), signal)), { output: { number: 1 } }],
  ],
  [
    "an output that the manifest does not allow",
    [equal, alone],
    (right) => async (items, signal) => (await right(items, signal)).map((result) => ({ ...result, output: {} })),
  ],
  [
    "one that is refused takes all with it",
    [alone],
    (right) => async (items, signal) => {
      const results = await right(items, signal);
      const refused = results.find((result) => "error" in result);
      if (refused !== undefined) throw refused.error;
      return results;
    },
  ],
  [
    "one that is refused is left out of the results",
    [alone],
    (right) => async (items, signal) => (await right(items, signal)).filter((result) => !("error" in result)),
  ],
  ["an abort that is ignored", [aborts, begins], (right) => (items) => right(items, new AbortController().signal)],
  [
    "a failure that is taken for a success",
    [equal, aborts, begins],
    (right) => (items, signal) => right(items, signal).catch(() => items.map(() => ({ output: { number: 1 } }))),
  ],
])("a plugin that does not conform fails the test of what it does wrong: %s", async (_, expected, misbehave) => {
  expect(await failures(misbehave)).toEqual(expected);
});

test("a setup without a call that is refused, or with one that is accepted, fails", async () => {
  const { input } = setup.calls.send;
  for (const send of [{ input }, { input, refused: { input } }]) {
    expect(await failuresOf({ ...setup, calls: { send }, plugin: bulkSms })).toEqual([alone]);
  }
});
