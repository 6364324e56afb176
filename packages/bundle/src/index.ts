export { builtinPlugins } from "./builtin-plugins.ts";
export { findPluginFolders } from "./find-plugin-folders.ts";
export { loadPlugins } from "./load-plugins.ts";
