import type { Plugin, Problem } from "@wend/plugin";
import { validateManifest, WendError } from "@wend/plugin";

/** The plugins of this process, by id. */
export interface PluginRegistry {
  readonly plugins: readonly Plugin[];
  find(id: string): Plugin | undefined;
  /** Throws `plugin.unknown`. */
  load(id: string): Plugin;
}

/** Checks every plugin at boot; throws one `plugin.invalid` with the faults of all of them. */
export function createPluginRegistry(plugins: readonly Plugin[]): PluginRegistry {
  const problems = plugins.flatMap(faultsOf);
  const byId = new Map(plugins.map((plugin) => [plugin.manifest?.id, plugin]));
  if (problems.length > 0) {
    throw new WendError("plugin.invalid", { detail: problems.map((problem) => problem.message).join(" "), problems });
  }
  return {
    plugins,
    find: (id) => byId.get(id),
    load: (id) => {
      const plugin = byId.get(id);
      if (!plugin) throw new WendError("plugin.unknown", { detail: `The id is ${id}.` });
      return plugin;
    },
  };
}

// Pointers are into the list of plugins, so that two faulty ones can be told apart.
function faultsOf(plugin: Plugin, index: number, all: readonly Plugin[]): Problem[] {
  const id = plugin.manifest?.id;
  const faults = validateManifest(plugin.manifest).map((problem) => ({
    ...problem,
    pointer: `/${index}/manifest${problem.pointer}`,
    message: `${String(id)}: ${problem.message}`,
  }));
  if (typeof plugin.connect !== "function") {
    faults.push(fault(`/${index}/connect`, `${String(id)}: connect is not a function.`));
  }
  if (all.findIndex((other) => other.manifest?.id === id) < index) {
    faults.push(fault(`/${index}/manifest/id`, `${String(id)}: another plugin has that id.`));
  }
  return faults;
}

const fault = (pointer: string, message: string): Problem => ({ code: "plugin.invalid", pointer, message });
