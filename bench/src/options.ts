import { statSync } from "node:fs";
import { parseArgs } from "node:util";

/** A command line that is not understood: why, and how to call it. */
export class Misuse extends Error {
  readonly usage: string;

  constructor(detail: string, usage: string) {
    super(detail);
    this.usage = usage;
  }
}

/** An option that must be given and names a file that is there. */
export const existingFile = Symbol("existing file");

/** Options by name, each with its default, whose type is the option's; undefined is a text that may be left out. */
type Defaults = Readonly<Record<string, number | readonly number[] | undefined | typeof existingFile>>;

type Read<D extends Defaults> = {
  readonly [Name in keyof D]: D[Name] extends number
    ? number
    : D[Name] extends readonly number[]
      ? readonly number[]
      : D[Name] extends typeof existingFile
        ? string
        : string | undefined;
};

/** Reads the options of a benchmark or a drill, `perSecond` from `--per-second`. Throws `Misuse`. */
export function readOptions<const D extends Defaults>(args: readonly string[], defaults: D): Read<D> {
  const usage = Object.entries(defaults).map(usageOf).join(" ");
  const given = parse(args, Object.keys(defaults).map(optionName), usage);
  const read = Object.entries(defaults).map(([name, fallback]) => {
    const option = optionName(name);
    const refuse = (why: string): never => {
      throw new Misuse(`--${option} ${why}.`, usage);
    };
    return [name, readValue(given[option], fallback, refuse)];
  });
  return Object.fromEntries(read) as Read<D>;
}

function parse(args: readonly string[], names: readonly string[], usage: string): Partial<Record<string, string>> {
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new Misuse(`${(error as Error).message.split("\n")[0]!.replace(/\.$/, "")}.`, usage);
  }
}

type Refuse = (why: string) => never;

function readValue(text: string | undefined, fallback: Defaults[string], refuse: Refuse): unknown {
  if (fallback === existingFile) return fileOf(text, refuse);
  if (text === undefined || fallback === undefined) return text ?? fallback;
  const parts = text.split(",");
  const isOne = typeof fallback === "number";
  if (!parts.every((part) => /^\d+(\.\d+)?$/.test(part)) || (isOne && parts.length > 1))
    refuse(`is ${isOne ? "a number" : "a list of numbers with commas"}, not ${JSON.stringify(text)}`);
  return isOne ? Number(text) : parts.map(Number);
}

function fileOf(path: string | undefined, refuse: Refuse): string {
  if (path === undefined) return refuse("is missing");
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? path : refuse(`names no file: ${path}`);
}

function usageOf([name, fallback]: [string, Defaults[string]]): string {
  if (fallback === existingFile) return `--${optionName(name)} <file>`;
  return `[--${optionName(name)} ${fallback ?? "<text>"}]`;
}

const optionName = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
