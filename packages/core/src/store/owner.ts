import pg from "pg";
import { toStoreError } from "./failures.ts";
import { storeTypes } from "./types.ts";

/** Runs `work` on one connection with the login's own rights: for migrations and tests, never for tenant data. */
export async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "wend-owner",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    types: storeTypes,
    options: "-c timezone=UTC -c datestyle=ISO",
  });
  // A lost connection fails the statement under way; the event itself must not end the process.
  client.on("error", () => {});
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw toStoreError(error);
  } finally {
    await client.end();
  }
}

/** One transaction of the owner. */
export async function ownerTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query("begin");
  try {
    await work();
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  }
}
