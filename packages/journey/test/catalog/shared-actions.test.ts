import type { Plugin } from "@wend/plugin";
import { defineAction } from "@wend/plugin";
import { expect, it } from "vitest";
import { z } from "zod";
import { shareActions } from "../../src/catalog/shared-actions.ts";

const find = defineAction({
  title: "Finds tickets.",
  input: z.object({}),
  output: z.object({ tickets: z.array(z.string()) }),
  channel: "support",
  purpose: "transactional",
  dedupe: { by: "natural" },
  keepsOutput: true,
});

const pluginOf = (action: object) => ({ manifest: { actions: { find: action } } }) as unknown as Plugin;
const keeps = (...plugins: readonly [Plugin, ...Plugin[]]) => {
  const members = plugins.map((plugin, index) => ({ key: `member-${index}`, plugin }));
  return shareActions(members as [(typeof members)[0]]).actions.find?.keepsOutput;
};

it("keeps no output that its members return each in their own way", () => {
  const plugin = pluginOf(find);
  expect(keeps(plugin, plugin)).toBe(true);
  expect(keeps(plugin, pluginOf({ ...find, output: z.object({ found: z.number() }) }))).toBeUndefined();
});
