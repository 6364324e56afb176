import type { Plugin } from "@wend/plugin";
import type { PluginRegistry } from "../connections/plugin-registry.ts";
import { textArray } from "../store/arrays.ts";
import type { Tx } from "../store/transaction.ts";
import type { NamedMember } from "./route-input.ts";

/** A connection that a route names, with its plugin. */
export interface FoundMember {
  readonly id: string;
  readonly key: string;
  readonly channel: string;
  readonly plugin: Plugin;
  readonly weight: number;
}

interface Row {
  id: string;
  key: string;
  channel: string;
  plugin: string;
}

/** The connections behind the names, ids or keys, in their order; undefined where there is none. Throws `plugin.unknown`. */
export async function findMembers(
  tx: Tx,
  plugins: PluginRegistry,
  members: readonly NamedMember[],
): Promise<(FoundMember | undefined)[]> {
  const names = members.map(({ connection }) => connection);
  const rows = await tx.rows<Row>(
    `select id, key, channel, plugin from connections
     where workspace_id = $1 and (key = any($2::text[]) or id::text = any($2::text[]))`,
    [tx.workspaceId, textArray([...names, ...names.map((name) => name.toLowerCase())])],
  );
  return members.map(({ connection, weight }) => {
    const row = rows.find(({ id, key }) => key === connection || id === connection.toLowerCase());
    return row && { id: row.id, key: row.key, channel: row.channel, plugin: plugins.load(row.plugin), weight };
  });
}
