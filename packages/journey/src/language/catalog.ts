import type { ActionManifest } from "@wend/plugin";

/** What a journey may refer to outside itself. */
export interface Catalog {
  /** By the key of the connection, or of a route of several. */
  readonly connections: { readonly [key: string]: CatalogConnection | undefined };
}

export interface CatalogConnection {
  /** Id of the plugin; of a route, that of its first member. */
  readonly plugin: string;
  /** The plugin's actions, by name; of a route, those that all its members can make. */
  readonly actions: { readonly [name: string]: ActionManifest | undefined };
  /** Of a route: the actions that only some of its members can make -> the keys of the members that cannot. */
  readonly lacking?: { readonly [name: string]: readonly string[] | undefined };
}
