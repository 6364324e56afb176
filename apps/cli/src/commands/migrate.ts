import { loadEnv, migrate, migrateQueues } from "@wend/core";
import { commandTable } from "../command-table.ts";
import { parseOptions, usage } from "../parse-options.ts";

/** `wend migrate`: the schema of Wend and of the queues, on DATABASE_URL. Safe to run again and by several at once. */
export async function run(args: readonly string[]): Promise<number> {
  parseOptions(commandTable.migrate, args);
  const { databaseOwnerUrl } = loadEnv();
  if (!databaseOwnerUrl) throw usage("Set DATABASE_URL; the embedded database migrates itself.");
  const { from, to } = await migrate(databaseOwnerUrl);
  await migrateQueues(databaseOwnerUrl);
  console.log(from === to ? `schema is at version ${to}` : `schema migrated from version ${from} to ${to}`);
  return 0;
}
