#!/usr/bin/env node
import { usage as misuse } from "./parse-options.ts";
import { printError } from "./print-error.ts";

interface Command {
  /** One line for the list of commands. */
  readonly title: string;
  readonly load: () => Promise<{ run(args: readonly string[]): Promise<number> }>;
}

const commands: Readonly<Record<string, Command>> = {
  up: { title: "serve the API and all workers until stopped", load: () => import("./commands/up.ts") },
  demo: { title: "send 1,000 customers through a journey and show it", load: () => import("./commands/demo.ts") },
  migrate: { title: "bring the database to this version's schema", load: () => import("./commands/migrate.ts") },
  import: { title: "store a file's events as history", load: () => import("./commands/import.ts") },
  key: { title: "create an API key, or revoke one", load: () => import("./commands/key.ts") },
};

const [name = "--help", ...args] = process.argv.slice(2);

try {
  process.exitCode = await run();
} catch (error) {
  printError(error);
  process.exitCode = 1;
}

async function run(): Promise<number> {
  if (name === "--help" || name === "help") {
    console.log(usage());
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw misuse(`There is no command ${JSON.stringify(name)}.`);
  return (await command.load()).run(args);
}

function usage(): string {
  const lines = Object.entries(commands).map(([command, { title }]) => `  ${command.padEnd(10)}${title}`);
  return ["usage: wend <command> [options]", "", ...lines].join("\n");
}
