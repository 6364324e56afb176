import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const readme = read("../README.md");

test("the plugin in the README is the one the tests compile and run", () => {
  expect(readme).toContain(read("testing/support-desk.ts").trimEnd());
});

test("the README names every export of the package that is a function", async () => {
  const functions = Object.entries(await import("@wend/plugin")).filter(([, value]) => typeof value === "function");
  const missing = functions.map(([name]) => name).filter((name) => !readme.includes(name));
  expect(missing).toEqual([]);
});
