import type { CommandLine, CommandName, Option } from "./command-table.ts";
import { commandTable } from "./command-table.ts";

/** True when the words ask for help instead of work. After `--` there are operands only. */
export function asksHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end)).some((word) => word === "--help" || word === "-h");
}

/** The list of commands. */
export function helpOnAll(): string {
  const titles = Object.entries(commandTable).map(([name, { title }]) => [name, title] as const);
  return `usage: wend <command> [options]\n\n${columns(titles)}\n\nwend <command> --help tells its options.`;
}

/** What a command does, its options with what holds without them, and an example. */
export function helpOn(name: CommandName): string {
  const { title, operand, options, example, note }: CommandLine = commandTable[name];
  const rows = Object.entries(options).map(([option, about]) => [left(option, about), right(about)] as const);
  const parts = [
    ["usage: wend", name, operand, rows.length > 0 ? "[options]" : undefined].filter(Boolean).join(" "),
    `  ${title}`,
    rows.length > 0 ? `\noptions:\n${columns(rows)}` : "\nIt takes no options.",
    `\nexample:\n  wend ${[name, ...example.map(quoted)].join(" ")}`,
  ];
  return [...parts, ...(note ? [`\n${note}`] : [])].join("\n");
}

const left = (option: string, { value }: Option): string => `--${option}${value ? ` <${value}>` : ""}`;

function right({ help, default: fixed, otherwise, multiple }: Option): string {
  const without = otherwise ?? (fixed === false ? "off" : fixed);
  return `${help}${multiple ? "; may be repeated" : ""} (${without === "needed" ? without : `default: ${without}`})`;
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, text]) => `  ${name.padEnd(width)}${text}`).join("\n");
}

const quoted = (word: string): string => (word.includes(" ") ? JSON.stringify(word) : word);
