import type { ActionManifest } from "@wend/plugin";

/** What a journey may refer to outside itself. */
export interface Catalog {
  /** By the connection's key. */
  readonly connections: { readonly [key: string]: CatalogConnection | undefined };
}

export interface CatalogConnection {
  /** Id of the plugin. */
  readonly plugin: string;
  /** The plugin's actions, by name. */
  readonly actions: { readonly [name: string]: ActionManifest | undefined };
}
