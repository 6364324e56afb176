import { WendError } from "@wend/plugin";
import type { PgQueryable } from "bullmq";
import {
  assertSchemaCompatibility,
  DEFAULT_SCHEMA,
  runMigrations,
  SchemaMigrationRequiredError,
  SchemaVersionMismatchError,
} from "bullmq";
import { toStoreError } from "../store/failures.ts";
import { takeMigrationLock } from "../store/migration-lock.ts";
import { asOwner } from "../store/owner.ts";
import { ensureRoles } from "../store/roles.ts";

/** BullMQ's own schema, beside Wend's tables and apart from them. */
export const queueSchema = DEFAULT_SCHEMA;

/** Creates or upgrades the queue's schema; running it again, or several at once, changes nothing. */
export async function migrateQueues(databaseUrl: string): Promise<void> {
  await asOwner(databaseUrl, async (client) => {
    // BullMQ orders its own migrations, but not the grants that follow them.
    await takeMigrationLock(client);
    await ensureRoles(client);
    await runMigrations(client as PgQueryable, queueSchema);
    await client.query(grants);
  });
}

// The processes may run under a lesser login than the one that migrates. BullMQ makes a sequence for each new queue.
const grants = /* sql */ `
grant usage, create on schema ${queueSchema} to wend_app;
grant select, insert, update, delete on all tables in schema ${queueSchema} to wend_app;
grant usage on all sequences in schema ${queueSchema} to wend_app`;

export async function assertQueueSchema(database: PgQueryable): Promise<void> {
  try {
    await assertSchemaCompatibility(database, queueSchema);
  } catch (error) {
    throw toSchemaError(error);
  }
}

function toSchemaError(error: unknown): unknown {
  const detail = "This is the queue's own schema.";
  if (error instanceof SchemaMigrationRequiredError)
    return new WendError("store.schema_older", { detail, cause: error });
  if (error instanceof SchemaVersionMismatchError) return new WendError("store.schema_newer", { detail, cause: error });
  return toStoreError(error);
}
