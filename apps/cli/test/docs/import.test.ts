import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { checkFile } from "../../src/import/check-file.ts";
import { loadMap } from "../../src/import/load-map.ts";
import { tempFile } from "../import/temp-file.ts";

const text = await readFile(resolve(import.meta.dirname, "../../../../docs/import.md"), "utf8");
const block = (language: string): string => new RegExp(`\`\`\`${language}\n(.+?)\`\`\``, "s").exec(text)![1]!;

test("the example of docs/import.md is a mapping, and fits the rows that it says it fits", async () => {
  const map = await loadMap(await tempFile(block("json"), "orders.json"));
  const file = await tempFile(block("csv"), "orders.csv");
  const { accepted, examples } = await checkFile({ file, map, now: Date.parse("2026-01-01T00:00:00Z") });
  expect(accepted).toBe(2);
  expect(examples).toMatchObject([{ line: 4, pointer: "/properties/total" }]);
});
