import type pg from "pg";

// An unset workspace is null, and so is the empty text that a transaction-local setting leaves behind: nothing is
// shown, every write is refused. As a sub-select it is evaluated once per statement instead of once per row.
const current = "(select nullif(current_setting('wend.workspace', true), '')::integer)";

/** Where the application role may not do everything: what is kept as first written, and a fixed number of shards. */
const restricted: Record<string, string> = {
  workspaces: "select, insert, update (slug, name)",
  workspace_keys: "select, insert, update (sealed)",
  journey_versions: "select, insert",
  journey_changes: "select, insert",
  delivery_verdicts: "select, insert",
};

/** What the router may read of all workspaces: enough to find work and credentials, nothing of a customer. */
const routed: Record<string, readonly string[]> = {
  workspaces: ["id", "slug", "name", "shards"],
  api_keys: ["workspace_id", "id", "kind", "secret_hash", "scopes", "allow", "expires_at", "revoked_at"],
  shards: ["workspace_id", "n", "batch_attempts"],
  inbox: ["workspace_id", "shard", "received_at"],
  timers: ["workspace_id", "shard", "due_at"],
  deliveries: ["workspace_id", "id", "connection_id", "channel", "purpose", "state", "due_at"],
  connections: ["workspace_id", "id", "key", "plugin", "channel", "updated_at", "daily_quota", "warm_up", "per_domain"],
  parked_facts: ["workspace_id", "connection_id", "look_at"],
  polls: ["workspace_id", "connection_id", "due_at"],
};

interface TenantTable {
  readonly name: string;
  readonly forced: boolean;
  readonly policies: readonly string[];
}

/**
 * Puts every table with a workspace behind row-level security, forced for its owner too. The tables come from the
 * catalogue, so a new one cannot be forgotten; a table without a workspace is granted to nobody.
 */
export async function applyTenancy(client: pg.Client): Promise<void> {
  const statements = [
    "grant usage on schema public to wend_app, wend_router",
    "grant select on schema_migrations to wend_app, wend_router",
    "grant usage on sequence workspaces_id_seq to wend_app",
  ];
  for (const table of await tenantTables(client)) {
    statements.push(...protect(table), ...grantApp(table.name), ...grantRouter(table));
  }
  await client.query(statements.join(";\n"));
}

async function tenantTables(client: pg.Client): Promise<TenantTable[]> {
  const { rows } = await client.query<TenantTable>(/* sql */ `
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
      array(select p.polname::text from pg_policy p where p.polrelid = c.oid) as policies
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and (c.relname = 'workspaces' or exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped))
    order by c.relname`);
  return rows;
}

function protect({ name, forced, policies }: TenantTable): string[] {
  const statements = forced ? [] : [`alter table ${name} enable row level security, force row level security`];
  if (!policies.includes("tenant")) {
    const own = `${name === "workspaces" ? "id" : "workspace_id"} = ${current}`;
    statements.push(`create policy tenant on ${name} to wend_app using (${own}) with check (${own})`);
  }
  return statements;
}

function grantApp(name: string): string[] {
  return [`grant ${restricted[name] ?? "select, insert, update, delete"} on ${name} to wend_app`];
}

function grantRouter({ name, policies }: TenantTable): string[] {
  const columns = routed[name];
  if (columns === undefined) return [];
  const grant = `grant select (${columns.join(", ")}) on ${name} to wend_router`;
  if (policies.includes("routing")) return [grant];
  return [grant, `create policy routing on ${name} for select to wend_router using (true)`];
}
