import type { PluginRegistry } from "../connections/plugin-registry.ts";
import type { Store } from "../store/connect.ts";
import type { DuePoll } from "./runtime.ts";

export interface DuePollsQuery {
  readonly plugins: PluginRegistry;
  readonly channels: "all" | readonly string[];
  readonly limit: number;
}

/** How often each plugin wants to be asked, for those that do. */
export const pollingPlugins = ({ plugins }: PluginRegistry): Map<string, number> =>
  new Map(plugins.flatMap(({ manifest: { id, poll } }) => (poll ? [[id, poll.everyMs] as const] : [])));

/** Connections that are due to be asked again, the longest waiting first. Those that wait are not looked at. */
export const findDuePolls = (store: Store, query: DuePollsQuery): Promise<DuePoll[]> =>
  find(store, query, { sql: dueSql, on: [store.clock.fixed() ?? null] });

/**
 * Connections that were never asked, and are due at once: new ones, and those whose plugin has learnt to poll since. They
 * have no row in `polls` yet, so that finding them takes a look at every connection of these plugins.
 */
export const findUnaskedPolls = (store: Store, query: DuePollsQuery): Promise<DuePoll[]> =>
  find(store, query, { sql: unaskedSql, on: [] });

interface FoundRow {
  readonly workspace_id: number;
  readonly connection_id: string;
  readonly plugin: string;
  readonly version: string;
}

async function find(
  store: Store,
  { plugins, channels, limit }: DuePollsQuery,
  { sql, on }: { sql: string; on: readonly unknown[] },
): Promise<DuePoll[]> {
  const everyMs = pollingPlugins(plugins);
  const served = [[...everyMs.keys()], channels === "all" ? null : channels];
  const { rows } = await store.router.query<FoundRow>(sql, [...served, limit, ...on]);
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    connectionId: row.connection_id,
    everyMs: everyMs.get(row.plugin)!,
    version: row.version,
  }));
}

const columns = "c.workspace_id, c.id as connection_id, c.plugin, c.updated_at::text as version";
const isServed = "c.plugin = any($1::text[]) and ($2::text[] is null or c.channel = any($2))";

// From what is due to its connection, whatever the planner believes: the other way leads through all of them.
const dueSql = /* sql */ `
with t as materialized (select coalesce(to_timestamp($4::float8 / 1000), clock_timestamp()) as now)
select c.* from polls p cross join lateral (
  select ${columns} from connections c
  where c.workspace_id = p.workspace_id and c.id = p.connection_id and ${isServed} limit 1
) c
where p.due_at <= (select now from t)
order by p.due_at limit $3`;

const unaskedSql = /* sql */ `
select ${columns} from connections c
where ${isServed} and not exists (
  select from polls p where p.workspace_id = c.workspace_id and p.connection_id = c.id)
limit $3`;
