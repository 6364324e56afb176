#!/usr/bin/env node
import type { CommandName } from "./command-table.ts";
import { asksHelp, helpOn, helpOnAll } from "./help.ts";
import { usage } from "./parse-options.ts";
import { printError } from "./print-error.ts";

type Command = { run(args: readonly string[]): Promise<number> };

const commands = {
  up: () => import("./commands/up.ts"),
  demo: () => import("./commands/demo.ts"),
  migrate: () => import("./commands/migrate.ts"),
  import: () => import("./commands/import.ts"),
  key: () => import("./commands/key.ts"),
} satisfies Partial<Record<CommandName, () => Promise<Command>>>;

const [name = "--help", ...args] = process.argv.slice(2);

try {
  process.exitCode = await run();
} catch (error) {
  printError(error);
  process.exitCode = 1;
}

async function run(): Promise<number> {
  if (name === "--help" || name === "-h" || name === "help") return print(helpOnAll());
  if (!isCommand(name)) throw usage(`There is no command ${JSON.stringify(name)}.`);
  if (asksHelp(args)) return print(helpOn(name === "key" && args[0] === "revoke" ? "key revoke" : name));
  const command: Command = await commands[name]();
  return command.run(args);
}

function isCommand(word: string): word is keyof typeof commands {
  return Object.hasOwn(commands, word);
}

function print(text: string): number {
  console.log(text);
  return 0;
}
