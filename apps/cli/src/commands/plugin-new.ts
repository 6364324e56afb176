import { basename, relative, resolve } from "node:path";
import { WendError } from "@wend/plugin";
import { commandTable } from "../command-table.ts";
import { parseOptions, usage } from "../parse-options.ts";
import { firstSteps } from "../plugin/first-steps.ts";
import { scaffoldPlugin } from "../plugin/scaffold.ts";

const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** `wend plugin new` makes a folder with a whole plugin in it, to be changed step by step while its tests pass. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(commandTable["plugin new"], args);
  const [given, ...more] = positionals;
  if (given === undefined || more.length > 0) throw usage("Name one folder: wend plugin new <folder>.");
  const folder = resolve(given);
  const id = values.id ?? basename(folder);
  if (id.length > 64 || !ID.test(id)) {
    throw new WendError("cli.usage", {
      detail: `${JSON.stringify(id)} is no id: use lower case letters, digits, dashes.`,
    });
  }
  await scaffoldPlugin(folder, id);
  const here = relative(process.cwd(), folder) || ".";
  console.log(`${here}: a plugin with the id ${id}\n\n${firstSteps(folder)}\n\nIts README says what to change first.`);
  return 0;
}
