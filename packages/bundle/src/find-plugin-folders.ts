import { realpathSync } from "node:fs";
import { createRequire, findPackageJSON } from "node:module";
import { dirname, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { builtinPlugins } from "./builtin-plugins.ts";
import type { PluginSource } from "./load-plugins.ts";
import { locate } from "./load-plugins.ts";

interface FoundFolder {
  /** As its package is called, or as the operator named it. */
  readonly plugin: string;
  /** A folder, or a file that shares its folder with others' code. */
  readonly path: string;
}

/** Where the plugins lie that `loadPlugins` loads, for a host to know their code on a stack; those that are absent lie nowhere. */
export function findPluginFolders({ names, folder }: PluginSource): readonly FoundFolder[] {
  const { resolve } = createRequire(import.meta.url);
  return [
    ...builtinPlugins.map(({ manifest: { id } }) => ({
      plugin: id,
      path: dirname(resolve(`@wend/${id}/package.json`)),
    })),
    ...names.flatMap((name) => findFolder(name, folder)),
  ];
}

function findFolder(name: string, folder: string): FoundFolder[] {
  try {
    const file = realpathSync(locate(name, folder));
    const manifest = findPackageJSON(pathToFileURL(file));
    // A package's entry may lie in one folder of several.
    const folders = [...(manifest ? [dirname(manifest)] : []), dirname(file)];
    return [{ plugin: name, path: folders.find((one) => !holdsWend(one)) ?? file }];
  } catch {
    return [];
  }
}

// Nor is a plugin's what lies around the program that runs.
const hostFiles = [import.meta.filename, process.argv[1] ?? ""];
const holdsWend = (folder: string): boolean => hostFiles.some((file) => file.startsWith(folder + sep));
