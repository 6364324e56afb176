import { resolve } from "node:path";
import { commandTable } from "../command-table.ts";
import { parseOptions, usage } from "../parse-options.ts";
import { runConformance } from "../plugin/conformance.ts";

/** `wend plugin check` runs a plugin's tests and tells which of the contract's it does not pass. */
export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = parseOptions(commandTable["plugin check"], args);
  const [folder = ".", ...more] = positionals;
  if (more.length > 0) throw usage("Name one folder: wend plugin check [folder].");
  const { passed, failed } = await runConformance(resolve(folder));
  for (const { name, why } of failed) console.log(`failed  ${name}\n        ${why}`);
  console.log(`${passed} passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
}
