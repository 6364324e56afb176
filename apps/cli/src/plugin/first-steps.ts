import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const repository = resolve(import.meta.dirname, "../../../..");

/**
 * What to type to have a new plugin's tests run. A clone of the repository is what Wend is started from until its
 * packages are published, and then the contract comes out of it.
 */
export function firstSteps(folder: string, root = repository): string {
  const manifest = join(root, "packages/plugin/package.json");
  if (!existsSync(manifest)) return steps([`cd ${folder}`, "npm install", "npm test"]);
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  return [
    "Its contract, @wend/plugin, is in no registry yet: pack it out of this repository.",
    steps([`cd ${root}`, "npx pnpm@12 --filter @wend/plugin pack"]),
    "Then, and again whenever the contract has changed:",
    steps([`cd ${folder}`, `npm install --no-save ${join(root, `wend-plugin-${version}.tgz`)}`, "npm test"]),
  ].join("\n\n");
}

const steps = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join("\n");
