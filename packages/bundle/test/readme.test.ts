import { readFile } from "node:fs/promises";
import * as bundle from "@wend/bundle";
import { expect, test } from "vitest";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");

test("the README names every export", () => {
  expect(Object.keys(bundle).filter((name) => !readme.includes(name))).toEqual([]);
});

test("the example of the README loads what it names", async () => {
  const [, names] = /names: (\[.*?\])/.exec(readme)!;
  const loading = bundle.loadPlugins({ names: JSON.parse(names!), folder: import.meta.dirname });
  await expect(loading).rejects.toMatchObject({ code: "plugin.not_loaded" });
});
