import { resolve } from "node:path";
import { builtinPlugins, findPluginFolders } from "@wend/bundle";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");

test("every plugin that comes with Wend has its own folder", () => {
  expect(findPluginFolders({ names: [], folder: root })).toEqual(
    builtinPlugins.map(({ manifest: { id } }) => ({ plugin: id, path: resolve(root, "plugins", id) })),
  );
});

test("a file has the folder of its package, or itself where that holds Wend too; what is absent has none", () => {
  const names = ["./examples/plugins/chat/src/index.ts", "./vitest.config.ts", "./absent.js", "wend-plugin-absent"];
  expect(findPluginFolders({ names, folder: root }).slice(builtinPlugins.length)).toEqual([
    { plugin: names[0], path: resolve(root, "examples/plugins/chat") },
    { plugin: names[1], path: resolve(root, "vitest.config.ts") },
  ]);
});
