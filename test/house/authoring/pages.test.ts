import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compile, root } from "./compile.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const exampleOf = (page: string): string => /^```ts authoring\n(.*?)^```/ms.exec(page)![1]!;

const language = read("docs/journeys.md");
const examples = { language: exampleOf(language), readme: exampleOf(read("packages/journey/README.md")) };

/** The rows of the language's table of mistakes in its own example. */
const [, table] = /^\| instead of .*\n.*\n((?:\|.*\n)+)/m.exec(language)!;
const rows = table!
  .trimEnd()
  .split("\n")
  .map((row, n) => {
    const cells = row.split(/(?<!\\)\|/).slice(1, -1);
    const [instead, written, says] = cells.map((cell) => /`(.+)`/.exec(cell)?.[1] ?? "");
    return { name: `row-${n}`, instead: instead!, written: written!, says: says!.replaceAll("\\|", "|") };
  });
const mistaken = rows.map(({ name, instead, written }) => [name, examples.language.replace(instead, () => written)]);

const errorsIn = compile({ ...examples, ...Object.fromEntries(mistaken) });

describe("what the pages show authors", () => {
  test.each(Object.keys(examples))("compiles: %s", (name) => {
    expect(errorsIn(name)).toEqual([]);
  });

  test.each(rows)("is what the compiler says of $written instead of $instead", ({ name, instead, says }) => {
    expect(examples.language).toContain(instead);
    const errors = errorsIn(name);
    const line = examples.language.slice(0, examples.language.indexOf(instead)).split("\n").length;
    expect(errors.map((error) => error.line)).toEqual([line]);
    expect(errors[0]!.text).toMatch(new RegExp(`^${says.split("…").map(RegExp.escape).join(".*")}$`));
  });
});
