import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import type { CommandLine, CommandName } from "../src/command-table.ts";
import { commandTable } from "../src/command-table.ts";
import { asksHelp } from "../src/help.ts";
import { parseOptions } from "../src/parse-options.ts";
import { spawnWend } from "./spawn-wend.ts";

const lines = Object.entries(commandTable) as [CommandName, CommandLine][];

async function print(...words: readonly string[]): Promise<string> {
  // Whoever asks for help may have configured nothing yet, or wrongly.
  const wend = spawnWend(words, { WEND_PORT: "none" });
  expect(await wend.ended, wend.output()).toBe(0);
  return wend.output();
}

test.each(lines)(
  "wend %s --help, or -h, tells each option with its default, and an example",
  async (name, { title, options, example }) => {
    const help = await print(...name.split(" "), "--help");
    expect(await print(...name.split(" "), "-h")).toBe(help);
    expect(help).toContain(title);
    for (const [option, { default: fixed, otherwise }] of Object.entries(options)) {
      const line = help.split("\n").find((one) => one.startsWith(`  --${option} `));
      expect(line).toContain(otherwise ?? (fixed === false ? "off" : String(fixed)));
    }
    expect(help).toMatch(new RegExp(`example:\n  wend ${[name, ...example.slice(0, 1)].join(" ")}`));
  },
  60_000,
);

test.each(lines)("the example of wend %s is one that its parser takes", (_, line) => {
  expect(() => parseOptions(line, line.example)).not.toThrow();
});

test.each([[["--help"]], [["-h"]], [["help"]], [[]]])(
  "wend %j lists the commands",
  async (words: string[]) => {
    const list = await print(...words);
    for (const [name, { title }] of lines) expect(list).toMatch(new RegExp(`^  ${name} +${title}$`, "m"));
  },
  60_000,
);

test("help that is asked for beside other options is given; after -- it is an operand", () => {
  expect(asksHelp(["orders.csv", "--map", "cdnow", "-h"])).toBe(true);
  expect(asksHelp(["--map", "cdnow", "--", "--help"])).toBe(false);
});

test("docs/import.md has the options of the command, and no others", async () => {
  const text = await readFile(resolve(import.meta.dirname, "../../../docs/import.md"), "utf8");
  const named = [...text.matchAll(/^\| `--([a-z-]+)` +\|/gm)].map((match) => match[1]!);
  expect(named).toEqual(Object.keys(commandTable.import.options));
});
