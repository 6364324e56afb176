import type { Catalog, CatalogConnection } from "@wend/journey";
import type { Plugin } from "@wend/plugin";
import type { Tx } from "../store/transaction.ts";
import type { PluginRegistry } from "./plugin-registry.ts";

/** A connection as the engine refers to it. */
export interface CatalogRef {
  readonly id: string;
  readonly channel: string;
  /** The kind of address its actions need; null when they need none. */
  readonly addressKind: string | null;
}

export interface LoadedCatalog {
  /** What the journey checker asks. */
  readonly catalog: Catalog;
  /** By the connection's key. */
  readonly refs: ReadonlyMap<string, CatalogRef>;
}

/** What the workspace's journeys may refer to. A connection whose plugin is not registered here is not in it. */
export async function loadCatalog(tx: Tx, plugins: PluginRegistry): Promise<LoadedCatalog> {
  const rows = await tx.rows<{ id: string; key: string; plugin: string; channel: string }>(
    "select id, key, plugin, channel from connections where workspace_id = $1 order by key",
    [tx.workspaceId],
  );
  // Without a prototype: a journey that names a connection "constructor" must not find one.
  const connections: Record<string, CatalogConnection> = Object.create(null);
  const refs = new Map<string, CatalogRef>();
  for (const { id, key, plugin: pluginId, channel } of rows) {
    const plugin = plugins.find(pluginId);
    if (!plugin) continue;
    connections[key] = { plugin: pluginId, actions: plugin.manifest.actions };
    refs.set(key, { id, channel, addressKind: addressKindOf(plugin) });
  }
  return { catalog: { connections }, refs };
}

function addressKindOf(plugin: Plugin): string | null {
  for (const action of Object.values(plugin.manifest.actions)) if (action.address) return action.address;
  return null;
}
