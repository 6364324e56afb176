import type { CompiledVersion } from "@wend/journey";
import { compileJourney, parseJourney } from "@wend/journey";
import type { CatalogRef, LoadedCatalog } from "../connections/load-catalog.ts";
import { loadCatalog } from "../connections/load-catalog.ts";
import type { PluginRegistry } from "../connections/plugin-registry.ts";
import { plainArray } from "../store/arrays.ts";
import type { Tx } from "../store/transaction.ts";

export interface VersionId {
  readonly journeyId: string;
  readonly version: number;
}

export interface CompiledVersions {
  get(journeyId: string, version: number): CompiledVersion | undefined;
}

/** Compiled versions, kept by immutable id. A definition is parsed once per process. */
export interface VersionCache extends CompiledVersions {
  /** Makes sure that these are compiled; reads only those that are not, in one statement. */
  load(tx: Tx, ids: readonly VersionId[]): Promise<CompiledVersions>;
  /** Connections and routes by key, as they were when a version was compiled last. */
  connections(workspaceId: number): ReadonlyMap<string, CatalogRef>;
  /** Reads them anew. */
  reloadConnections(tx: Tx): Promise<ReadonlyMap<string, CatalogRef>>;
}

const keyOf = (journeyId: string, version: number) => `${journeyId}/${version}`;
const noConnections: ReadonlyMap<string, CatalogRef> = new Map();

export function createVersionCache(plugins: PluginRegistry): VersionCache {
  const compiled = new Map<string, CompiledVersion>();
  const connections = new Map<number, ReadonlyMap<string, CatalogRef>>();
  const cache: VersionCache = {
    get: (journeyId, version) => compiled.get(keyOf(journeyId, version)),
    connections: (workspaceId) => connections.get(workspaceId) ?? noConnections,
    reloadConnections: async (tx) => (await readCatalog(tx)).refs,
    load: async (tx, ids) => {
      const missing = ids.filter((id) => !compiled.has(keyOf(id.journeyId, id.version)));
      if (missing.length > 0) await compileMissing(tx, missing);
      return cache;
    },
  };
  return cache;

  async function readCatalog(tx: Tx): Promise<LoadedCatalog> {
    const loaded = await loadCatalog(tx, plugins);
    connections.set(tx.workspaceId, loaded.refs);
    return loaded;
  }

  // A published version only names connections and routes that existed then, so reading them again here is enough.
  async function compileMissing(tx: Tx, missing: readonly VersionId[]): Promise<void> {
    const { catalog } = await readCatalog(tx);
    const rows = await tx.rows<{ journey_id: string; version: number; definition: unknown }>(
      `select v.journey_id, v.version, v.definition
       from journey_versions v join unnest($2::uuid[], $3::int[]) as u (journey_id, version)
         on v.journey_id = u.journey_id and v.version = u.version
       where v.workspace_id = $1`,
      [tx.workspaceId, plainArray(missing.map((id) => id.journeyId)), plainArray(missing.map((id) => id.version))],
    );
    for (const row of rows) {
      const id = { journeyId: row.journey_id, version: row.version };
      compiled.set(
        keyOf(row.journey_id, row.version),
        compileJourney(parseJourney(row.definition), { ...id, catalog }),
      );
    }
  }
}
