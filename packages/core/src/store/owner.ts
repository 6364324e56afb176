import { WendError } from "@wend/plugin";
import pg from "pg";
import { codeOf, toStoreError } from "./failures.ts";
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
    await connect(client, url);
    return await work(client);
  } catch (error) {
    throw toStoreError(error);
  } finally {
    await client.end();
  }
}

// Whoever starts a process wants to know which database was meant, and what is wrong with it.
async function connect(client: pg.Client, url: string): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    const known = toStoreError(error);
    if (!(known instanceof WendError)) throw error;
    const detail = `${URL.parse(url)?.host || "The local socket"} says ${codeOf(error) ?? (error as Error).message}.`;
    throw new WendError(known.code, {
      detail,
      cause: error,
      ...(known.retryAfterMs && { retryAfterMs: known.retryAfterMs }),
    });
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
