import type { ActionCall, Plugin } from "@wend/plugin";
import { defineAction, definePlugin, WendError } from "@wend/plugin";
import { testPlugin } from "@wend/plugin/testing";
import { expect, test } from "vitest";
import { z } from "zod";

const write = defineAction({
  title: "Writes a note.",
  input: z.object({ to: z.string() }),
  output: z.object({}),
  channel: "email",
  purpose: "transactional",
  address: "email",
  addressOnly: true,
  dedupe: { by: "natural" },
});

type Whom = (call: ActionCall<{ to: string }>) => string[];
const [ada, ops] = ["ada@customer.example", "ops@operator.example"];
const sentence = "notes.write: the same input with another address reaches that one and nobody else";

/** A plugin that writes to whomever `whom` says. */
function setupOf(whom: Whom, { tells = true, otherAddress = ops } = {}) {
  const reached: string[] = [];
  const plugin = definePlugin(
    { id: "notes", version: "1.0.0", contract: 1, config: z.object({}), actions: { write } },
    async () => ({
      actions: {
        write: async (call) => {
          if (call.signal.aborted) throw new WendError("provider.unavailable");
          reached.push(...whom(call));
          return { output: {} };
        },
      },
    }),
  ) as unknown as Plugin;
  const provider = { config: {}, behave: () => {}, keys: () => reached, stop: async () => {} };
  return {
    plugin,
    calls: { write: { input: { to: ada }, address: ada, ...(otherAddress && { otherAddress }) } },
    startProvider: async () => ({ ...provider, ...(tells && { reached: () => reached }) }),
  };
}

const run = (setup: ReturnType<typeof setupOf>) =>
  testPlugin(setup)
    .find(({ name }) => name === sentence)!
    .run();
const byAddress: Whom = ({ address }) => [address!];

test("an action that goes by its address passes", async () => {
  await run(setupOf(byAddress));
});

test.each<[string, ReturnType<typeof setupOf>, RegExp]>([
  ["goes by its input", setupOf(({ input }) => [input.to]), /not for whoever has the address/],
  ["goes to both", setupOf(({ address, input }) => [address!, input.to]), /not for whoever has the address/],
  ["has a stand-in that does not tell", setupOf(byAddress, { tells: false }), /give it `reached`/],
  ["names no other address", setupOf(byAddress, { otherAddress: "" }), /has no otherAddress/],
  ["names the same address", setupOf(byAddress, { otherAddress: ada }), /is the address itself/],
])("an action that %s does not", async (_, setup, message) => {
  await expect(run(setup)).rejects.toThrow(message);
});

test("of an action that promises nothing it is not asked", () => {
  const setup = setupOf(byAddress);
  const { addressOnly, ...unsaid } = write;
  const manifest = { ...setup.plugin.manifest, actions: { write: unsaid } };
  const names = testPlugin({ ...setup, plugin: { ...setup.plugin, manifest } }).map(({ name }) => name);
  expect([addressOnly, names.includes(sentence)]).toEqual([true, false]);
});
