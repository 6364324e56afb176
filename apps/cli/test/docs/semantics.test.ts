import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const folder = resolve(import.meta.dirname, "../../../../docs");
const page = await readFile(resolve(folder, "semantics.md"), "utf8");

const proofs = [...page.matchAll(/\[([^\]]+)\]\((\S+\.test\.ts)\)/g)].map(([, words, file]) => ({
  words: words!.replace(/\s+/g, " "),
  file: file!,
}));

/** List items, and paragraphs on a node: what states a rule that exists. */
const rules = page
  .slice(page.indexOf("## "), page.indexOf("## Not yet"))
  .split(/\n\n|\n(?=- )/)
  .filter((part) => /^(- |\*\*.+\*\* )/.test(part));

test.each(proofs)("docs/semantics.md: $file says “$words”", async ({ words, file }) => {
  expect(await readFile(resolve(folder, file), "utf8")).toContain(words);
});

test("docs/semantics.md has rules, and each names a test or the rule that it follows from", () => {
  expect(rules.length).toBeGreaterThan(50);
  expect(rules.filter((rule) => !/\.test\.ts\)|\]\(#/.test(rule))).toEqual([]);
});
