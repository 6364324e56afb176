import type { ParseArgsConfig } from "node:util";
import { parseArgs } from "node:util";
import { WendError } from "@wend/plugin";

/** Reads the options of a command; throws `cli.usage` for one that it does not have. */
export function parseOptions<const Options extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new WendError("cli.usage", { detail: (error as Error).message });
  }
}
