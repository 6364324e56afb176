import type { ActionCall, Plugin } from "@wend/plugin";
import { defineAction, definePlugin, WendError } from "@wend/plugin";
import { testPlugin } from "@wend/plugin/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { failuresOf } from "./failures-of.ts";

const keep = defineAction({
  title: "Keeps a text.",
  input: z.object({ text: z.string() }),
  output: z.object({ text: z.string() }),
  channel: "web",
  purpose: "transactional",
  dedupe: { by: "natural" },
  keepsOutput: true,
});

type Keep = (call: ActionCall<{ text: string }>, reach: () => void) => string;

/** A plugin whose action reaches nobody, unless it does all the same. */
function setupOf(how: Keep) {
  const reached: string[] = [];
  const plugin = definePlugin(
    { id: "keeper", version: "1.0.0", contract: 1, config: z.object({}), actions: { keep } },
    async () => ({
      actions: { keep: async (call) => ({ output: { text: how(call, () => reached.push(call.idempotencyKey)) } }) },
    }),
  ) as unknown as Plugin;
  return {
    plugin,
    calls: { keep: { input: { text: "kept" }, local: true } },
    startProvider: async () => ({ config: {}, behave: () => {}, keys: () => reached, stop: async () => {} }),
  } as const;
}

const refuseAborted = (signal: AbortSignal): void => {
  if (signal.aborted) throw new WendError("provider.unavailable");
};

const right: Keep = ({ input, signal }) => {
  refuseAborted(signal);
  return input.text;
};

for (const { name, run } of testPlugin(setupOf(right))) test(name, run);

const reachesNobody = "it reaches no provider, and gives the same every time";

test.each<[string, Keep, string]>([
  [
    "reaches its provider",
    (call, reach) => {
      reach();
      return right(call, reach);
    },
    reachesNobody,
  ],
  ["keeps another thing every time", (call, reach) => right(call, reach) + String(call.attempt), reachesNobody],
  ["ignores the abort", ({ input }) => input.text, "a call that was aborted before it began is a backoff"],
])("an action without a provider that %s fails the test of it", async (_, how, sentence) => {
  expect(await failuresOf(setupOf(how))).toEqual([sentence]);
});
