import { createRequire } from "node:module";
import { isAbsolute, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Plugin, Problem } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { builtinPlugins } from "./builtin-plugins.ts";

/** What an operator adds: names of installed packages, or paths; both as seen from a folder. */
export interface PluginSource {
  readonly names: readonly string[];
  /** Where the operator's packages are installed: the working directory of the process. */
  readonly folder: string;
}

/**
 * The plugins that every host has and those that its operator adds, in that order. Throws `plugin.not_loaded` with
 * every one that cannot be: a host that starts without one of its plugins would leave that plugin's deliveries lying.
 */
export async function loadPlugins({ names, folder }: PluginSource): Promise<readonly Plugin[]> {
  const loaded = await Promise.all(names.map((name) => load(name, folder)));
  const problems = loaded.filter((one): one is Problem => "code" in one);
  if (problems.length > 0) {
    throw new WendError("plugin.not_loaded", { detail: problems.map(({ message }) => message).join(" "), problems });
  }
  return [...builtinPlugins, ...(loaded as Plugin[])];
}

async function load(name: string, folder: string): Promise<Plugin | Problem> {
  try {
    const { default: plugin } = (await import(pathToFileURL(locate(name, folder)).href)) as {
      default?: Partial<Plugin>;
    };
    if (plugin?.manifest && plugin.connect) return plugin as Plugin;
    return problem(name, "its default export is no plugin");
  } catch (error) {
    return problem(name, reasonOf(error as Error));
  }
}

// Where it was imported from is our own affair.
const reasonOf = ({ message }: Error): string => message.split("\n")[0]!.replace(/ imported from .*/, "");

/** The file that a plugin begins with, whether it is there or not. Throws when no such package is installed. */
export function locate(name: string, folder: string): string {
  const isPath = name.startsWith(".") || isAbsolute(name);
  return isPath ? resolve(folder, name) : createRequire(resolve(folder, "package.json")).resolve(name);
}

const problem = (name: string, why: string): Problem => ({
  code: "plugin.not_loaded",
  pointer: "/WEND_PLUGINS",
  message: `${name} cannot be loaded: ${why}.`,
  fix: "Install the package in the folder that the process starts in, or correct its name.",
});
