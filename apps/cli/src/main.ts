#!/usr/bin/env node
import type { CommandName } from "./command-table.ts";
import { commandTable } from "./command-table.ts";
import { asksHelp, helpOn, helpOnAll } from "./help.ts";
import { usage } from "./parse-options.ts";
import { printError } from "./print-error.ts";

type Command = { run(args: readonly string[]): Promise<number> };

const commands = {
  up: () => import("./commands/up.ts"),
  demo: () => import("./commands/demo.ts"),
  migrate: () => import("./commands/migrate.ts"),
  reseal: () => import("./commands/reseal.ts"),
  import: () => import("./commands/import.ts"),
  key: () => import("./commands/key.ts"),
  "plugin new": () => import("./commands/plugin-new.ts"),
  "plugin check": () => import("./commands/plugin-check.ts"),
} satisfies Partial<Record<CommandName, () => Promise<Command>>>;

const [first = "--help", ...rest] = process.argv.slice(2);

try {
  process.exitCode = await run();
} catch (error) {
  printError(error);
  process.exitCode = 1;
}

async function run(): Promise<number> {
  if (first === "--help" || first === "-h" || first === "help") return print(helpOnAll());
  // A name has one word or two.
  const two = `${first} ${rest[0]}`;
  if (isNamed(two) && asksHelp(rest)) return print(helpOn(two));
  if (isCommand(two)) return runCommand(two, rest.slice(1));
  if (!isCommand(first)) throw usage(`There is no command ${JSON.stringify(isGroup(first) ? two : first)}.`);
  return asksHelp(rest) ? print(helpOn(first)) : runCommand(first, rest);
}

async function runCommand(name: keyof typeof commands, args: readonly string[]): Promise<number> {
  const command: Command = await commands[name]();
  return command.run(args);
}

function isCommand(word: string): word is keyof typeof commands {
  return Object.hasOwn(commands, word);
}

function isNamed(word: string): word is CommandName {
  return Object.hasOwn(commandTable, word);
}

// The first word of names that have two.
function isGroup(word: string): boolean {
  return rest.length > 0 && Object.keys(commandTable).some((name) => name.startsWith(`${word} `));
}

function print(text: string): number {
  console.log(text);
  return 0;
}
