import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findHttpError } from "@wend/plugin";
import { readReadme, statusErrors } from "@wend/plugin/testing";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "wend-readme-"));
afterAll(() => rmSync(folder, { recursive: true }));

const table = `| what happens | code | tried again |
| --- | --- | --- |
| 429, \`slow_down\` | \`provider.rate_limited\` | when Acme says |
| 401 | \`provider.unauthorized\` | up to a week |
| any other 4xx | \`provider.rejected\` | never |
| a lost connection | \`provider.unknown_outcome\` | as \`onUnknown\` says |
`;
const errors = {
  429: "provider.rate_limited",
  slow_down: "provider.rate_limited",
  401: "provider.unauthorized",
} as const;

function readmeOf(text: string) {
  const file = join(folder, "README.md");
  writeFileSync(file, text);
  return readReadme(pathToFileURL(file));
}

test("code blocks are told apart by their language, and words by whether they stand in code", () => {
  const readme = readmeOf("`host` and port\n\n```json\n{}\n```\n\n   ```sh\n   ls\n   ```\n\n```json\n[]\n```\n");
  expect(readme.code("json")).toEqual(["{}\n", "[]\n"]);
  expect(readme.code("sh")).toEqual(["   ls\n"]);
  expect(readme.missing(["host", "port"])).toEqual(["port"]);
});

test("a table that says what the code does is right, whatever other tables there are", () => {
  readmeOf(`| 500 | x |\n| - | - |\n\n${table}\n| code | meaning |\n| - | - |\n| 500 | x |\n`).explains(errors);
});

test.each([
  ["an error without a row", table.replace("429, ", ""), "429 is provider.rate_limited, and the README says: "],
  ["a row with another code", table.replace("rate_limited`", "unavailable`"), "429 is provider.rate_limited, and the"],
  [
    "an error in two rows",
    `${table}| 401 | \`provider.unauthorized\` | up to a week |\n`,
    "401 is provider.unauthorized",
  ],
  ["a row of an error that there is not", table.replace("429, ", "429, `gone`, "), "no gone"],
  ["a number that there is not", table.replace("401", "401, 403"), "no 403"],
  [
    "a code that there is not",
    `${table}| x | \`provider.tired\` | never |\n`,
    "provider.tired is not tried again: never",
  ],
  ["a retry of what is refused", table.replace("| never", "| growing pauses"), "provider.rejected is not tried again"],
  ["none of what passes", table.replace("when Acme says", "never"), "provider.rate_limited is not tried again"],
  ["credentials in a hurry", table.replace("up to a week", "growing pauses"), "provider.unauthorized is not tried"],
  ["no word of a retry", table.replaceAll(/tried again/g, "then"), "no table has the columns"],
])("a table that does not is told: %s", (_, text, fault) => {
  expect(() => readmeOf(text).explains(errors)).toThrow(fault);
});

test("the statuses that a README has to name are those that stand for something else than their kind", () => {
  const found = statusErrors((status) => findHttpError({ status, headers: new Headers() }, 0));
  expect(found).toEqual({
    401: "provider.unauthorized",
    403: "provider.unauthorized",
    408: "provider.unavailable",
    425: "provider.unavailable",
    429: "provider.rate_limited",
    503: "provider.unavailable",
  });
  expect(() => statusErrors(() => undefined)).toThrow("300 is taken for a success");
});
