import { setTimeout as sleep } from "node:timers/promises";
import { WendError } from "@wend/plugin";
import type pg from "pg";
import { migrations, schemaVersion } from "./migrations/list.ts";
import { asOwner, ownerTransaction } from "./owner.ts";
import { ensureRoles } from "./roles.ts";
import { applyTenancy } from "./tenancy.ts";

const lockKey = 7_365_478;

/** Brings the schema of a database to this code's version; running it again, or several at once, changes nothing. */
export async function migrate(url: string): Promise<{ from: number; to: number }> {
  return asOwner(url, async (client) => {
    await lock(client);
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

// Asked for again and again rather than waited for: a statement that waits holds a snapshot, and an index that the
// holder builds concurrently would wait for that snapshot. Ends with the connection.
async function lock(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [lockKey]);
    if (rows[0]!.taken) return;
    await sleep(50);
  }
}

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
