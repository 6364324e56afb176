import type { Catalog, CatalogConnection } from "@wend/journey";
import { shareActions } from "@wend/journey";
import type { Plugin } from "@wend/plugin";
import { addressKindOf } from "../routes/address-kind.ts";
import type { RouteMode, StoredMember } from "../routes/route.ts";
import type { Tx } from "../store/transaction.ts";
import type { PluginRegistry } from "./plugin-registry.ts";

/** A connection, or a route of several, as the engine refers to it. */
export interface CatalogRef {
  readonly id: string;
  readonly channel: string;
  /** The kind of address its actions need; null when they need none. */
  readonly addressKind: string | null;
  readonly isRoute: boolean;
}

export interface LoadedCatalog {
  /** What the journey checker asks. */
  readonly catalog: Catalog;
  /** By the key of the connection or route. */
  readonly refs: ReadonlyMap<string, CatalogRef>;
}

interface ConnectionRow {
  id: string;
  key: string;
  plugin: string;
  channel: string;
}

interface RouteRow {
  id: string;
  key: string;
  channel: string;
  mode: RouteMode;
  members: StoredMember[];
}

/** What the workspace's journeys may refer to. A connection whose plugin is not registered here is not in it. */
export async function loadCatalog(tx: Tx, plugins: PluginRegistry): Promise<LoadedCatalog> {
  const [rows, routes] = await Promise.all([
    tx.rows<ConnectionRow>("select id, key, plugin, channel from connections where workspace_id = $1 order by key", [
      tx.workspaceId,
    ]),
    tx.rows<RouteRow>("select id, key, channel, mode, members from routes where workspace_id = $1 order by key", [
      tx.workspaceId,
    ]),
  ]);
  // Without a prototype: a journey that names a connection "constructor" must not find one.
  const connections: Record<string, CatalogConnection> = Object.create(null);
  const refs = new Map<string, CatalogRef>();
  const plugged = new Map<string, { readonly key: string; readonly plugin: Plugin }>();
  for (const { id, key, plugin: pluginId, channel } of rows) {
    const plugin = plugins.find(pluginId);
    if (!plugin) continue;
    plugged.set(id, { key, plugin });
    connections[key] = { plugin: pluginId, actions: plugin.manifest.actions };
    refs.set(key, { id, channel, addressKind: addressKindOf(plugin), isRoute: false });
  }
  for (const { id, key, channel, members } of routes) {
    const [first, ...rest] = members.flatMap(({ connectionId }) => plugged.get(connectionId) ?? []);
    if (!first) continue;
    connections[key] = { plugin: first.plugin.manifest.id, ...shareActions([first, ...rest]) };
    refs.set(key, { id, channel, addressKind: addressKindOf(first.plugin), isRoute: true });
  }
  return { catalog: { connections }, refs };
}
