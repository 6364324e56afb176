import type { ParseArgsConfig } from "node:util";
import { parseArgs } from "node:util";
import { WendError } from "@wend/plugin";

/** Reads the options of a command that takes nothing else; throws `cli.usage` for whatever it does not have. */
export function parseOptions<const Options extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (cause) {
    throw usage((cause as Error).message);
  }
}

/** A command line that is not understood, and why. */
export const usage = (detail: string): WendError => new WendError("cli.usage", { detail });
