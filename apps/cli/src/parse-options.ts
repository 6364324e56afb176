import { parseArgs } from "node:util";
import { WendError } from "@wend/plugin";
import type { CommandLine } from "./command-table.ts";

/** Reads a command's words by its entry in the table; throws `cli.usage` for whatever it does not have. */
export function parseOptions<const Line extends CommandLine>({ options, operand }: Line, args: readonly string[]) {
  try {
    return parseArgs<{ args: string[]; options: Line["options"]; allowPositionals: boolean }>({
      args: [...args],
      options,
      allowPositionals: operand !== undefined,
    });
  } catch (cause) {
    throw usage((cause as Error).message);
  }
}

/** A command line that is not understood, and why. */
export const usage = (detail: string): WendError => new WendError("cli.usage", { detail });
