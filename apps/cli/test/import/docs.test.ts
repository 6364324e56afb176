import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { loadMap } from "../../src/import/load-map.ts";
import { tempFile } from "./temp-file.ts";

const page = await readFile(resolve(import.meta.dirname, "../../../../docs/import.md"), "utf8");
const mappings = [...page.matchAll(/```json\n(.+?)```/gs)].map((match) => match[1]!);

it("the mappings that the documentation shows are valid", async () => {
  expect(mappings.length).toBeGreaterThan(0);
  for (const mapping of mappings) await loadMap(await tempFile(mapping, "mapping.json"));
});

it.each([
  "ndjson",
  "csv",
  "whitespace",
  "iso",
  "yyyymmdd",
  "unix",
  "unix-ms",
  "ordinalSeconds",
  "anonymousId",
  "--rejects",
])("the documentation tells of %s", (word) => {
  expect(page).toContain(`\`${word}`);
});
