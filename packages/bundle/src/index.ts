export { builtinPlugins } from "./builtin-plugins.ts";
export { loadPlugins } from "./load-plugins.ts";
