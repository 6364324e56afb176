import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { problems, rendered } from "./readme-example.ts";

const read = (path: string) => readFile(new URL(path, import.meta.url), "utf8");

it("shows an example that compiles and does what it says", async () => {
  const shown = /```ts\n([\s\S]*?)```/.exec(await read("../README.md"))?.[1];
  expect(shown).toBe(await read("./readme-example.ts"));
  expect(problems).toEqual([]);
  expect(rendered).toEqual({ subject: "Hi Ann", body: { total: 12.5 }, mode: "now" });
});
