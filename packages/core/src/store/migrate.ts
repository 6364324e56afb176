import { WendError } from "@wend/plugin";
import type pg from "pg";
import { takeMigrationLock } from "./migration-lock.ts";
import { migrations, schemaVersion } from "./migrations/list.ts";
import { asOwner, ownerTransaction } from "./owner.ts";
import { ensureRoles } from "./roles.ts";
import { applyTenancy } from "./tenancy.ts";

/** Brings the schema of a database to this code's version; running it again, or several at once, changes nothing. */
export async function migrate(url: string): Promise<{ from: number; to: number }> {
  return asOwner(url, async (client) => {
    await takeMigrationLock(client);
    await ensureRoles(client);
    await client.query(schemaMigrations);
    const from = await versionOf(client);
    if (from > schemaVersion) throw schemaNewer(from);
    for (const migration of migrations.filter(({ version }) => version > from)) {
      await ownerTransaction(client, async () => {
        await client.query(migration.sql);
        await client.query("insert into schema_migrations (version, name) values ($1, $2)", [
          migration.version,
          migration.name,
        ]);
      });
    }
    await ownerTransaction(client, () => applyTenancy(client));
    return { from, to: schemaVersion };
  });
}

const schemaMigrations = /* sql */ `
create table if not exists schema_migrations (
  version integer primary key,
  name text not null,
  applied_at timestamptz not null default now()
)`;

async function versionOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: number | null }>(
    "select max(version) as version from schema_migrations",
  );
  return rows[0]!.version ?? 0;
}

export function schemaNewer(found: number): WendError {
  return new WendError("store.schema_newer", {
    detail: `The database is at version ${found}, this code at ${schemaVersion}.`,
  });
}
