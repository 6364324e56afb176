import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import { builtinPlugins } from "./builtin-plugins.ts";
import type { PluginSource } from "./load-plugins.ts";
import { locate } from "./load-plugins.ts";

/** Where the code of a plugin lies. */
export interface PluginFolder {
  /** As its package is called, or as the operator named it. */
  readonly plugin: string;
  /** A folder, or a file that shares its folder with others' code. */
  readonly path: string;
}

/** Where the plugins lie that `loadPlugins` loads, for a host to know their code on a stack; those that are absent lie nowhere. */
export function findPluginFolders({ names, folder }: PluginSource): readonly PluginFolder[] {
  const { resolve } = createRequire(import.meta.url);
  return [
    ...builtinPlugins.map(({ manifest: { id } }) => ({
      plugin: id,
      path: dirname(resolve(`@wend/${id}/package.json`)),
    })),
    ...names.flatMap((name) => findFolder(name, folder)),
  ];
}

function findFolder(name: string, folder: string): PluginFolder[] {
  try {
    const file = realpathSync(locate(name, folder));
    const around = dirname(file);
    return [{ plugin: name, path: import.meta.filename.startsWith(around + sep) ? file : around }];
  } catch {
    return [];
  }
}
