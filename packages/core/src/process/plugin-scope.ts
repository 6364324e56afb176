import { AsyncLocalStorage } from "node:async_hooks";

/** Whose code runs. */
export interface PluginScope {
  readonly plugin: string;
  readonly connectionId: string;
}

const scopes = new AsyncLocalStorage<PluginScope>();

/** Runs a plugin's code so that whatever comes of it later, in a timer or of a socket, is known to be its own. */
export const inPluginScope = <T>(scope: PluginScope, work: () => T): T => scopes.run(scope, work);

export const currentPlugin = (): PluginScope | undefined => scopes.getStore();
