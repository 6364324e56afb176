import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { builtinPlugins, loadPlugins } from "@wend/bundle";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wend-load-plugins-"));
  const plugin = (id: string) =>
    `export default { manifest: { id: "${id}" }, connect: async () => ({ actions: {} }) };`;
  write("node_modules/wend-plugin-pager/package.json", '{"type":"module","exports":{".":{"default":"./index.js"}}}');
  write("node_modules/wend-plugin-pager/index.js", plugin("pager"));
  write("own/desk.mjs", plugin("desk"));
  write("own/nothing.mjs", "export const plugin = {};");
  write("own/broken.mjs", "throw new Error('cannot start');\n// and more");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const idsOf = async (names: readonly string[]) =>
  (await loadPlugins({ names, folder })).map(({ manifest }) => manifest.id);

test("without names there are those that come with Wend", async () => {
  expect(await idsOf([])).toEqual(builtinPlugins.map(({ manifest }) => manifest.id));
});

test("packages that are installed in the folder and files in it are added", async () => {
  const ids = await idsOf(["wend-plugin-pager", "./own/desk.mjs", join(folder, "own/desk.mjs")]);
  expect(ids.slice(builtinPlugins.length)).toEqual(["pager", "desk", "desk"]);
});

test("everything that cannot be loaded is named at once", async () => {
  const names = ["wend-plugin-absent", "./own/desk.mjs", "./own/nothing.mjs", "./own/broken.mjs", "./own/absent.mjs"];
  await expect(idsOf(names)).rejects.toMatchObject({
    code: "plugin.not_loaded",
    problems: [
      { message: expect.stringMatching(/^wend-plugin-absent cannot be loaded: Cannot find module/) },
      { message: "./own/nothing.mjs cannot be loaded: its default export is no plugin." },
      { message: "./own/broken.mjs cannot be loaded: cannot start." },
      { message: expect.stringMatching(/^\.\/own\/absent\.mjs cannot be loaded: Cannot find module/) },
    ],
  });
});
