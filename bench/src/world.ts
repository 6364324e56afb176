import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Workspace } from "@wend/core";
import { connectStore, createWorkspace, loadEnv, migrate, migrateQueues } from "@wend/core";
import { startEmbedded } from "@wend/core/embedded";
import pg from "pg";

/** A fresh database on `DATABASE_URL`'s server, or on an embedded one started for this command. */
export interface World {
  readonly url: string;
  readonly workspace: Workspace;
  /** A pool of the owner, past row-level security: for filling and counting, never for what is measured. */
  readonly owner: pg.Pool;
  /** A second empty database on the same server, for a peer. */
  createDatabase(name: string): Promise<string>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly shards?: 1 | 2 | 4 | 8 | 16 | 32 | 64 | 128 | 256;
}

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const server = await openServer();
  const made: string[] = [];
  const createDatabase = async (name: string): Promise<string> => {
    const database = `${name}_${randomBytes(4).toString("hex")}`;
    await asAdmin(server.url, (client) => client.query(`create database ${database}`));
    made.push(database);
    const url = new URL(server.url);
    url.pathname = `/${database}`;
    return url.toString();
  };
  const url = await createDatabase("wend_bench");
  await migrate(url);
  await migrateQueues(url);
  await asAdmin(url, exemptOwner);
  const store = connectStore({ url, max: 1 });
  const workspace = await createWorkspace(store, { slug: "bench", name: "Bench", shards: options.shards ?? 16 });
  await store.close();
  const owner = new pg.Pool({
    connectionString: url,
    max: 4,
    application_name: "wend-bench",
  });
  owner.on("error", () => {});
  return {
    url,
    workspace,
    owner,
    createDatabase,
    close: async () => {
      await owner.end();
      for (const database of made) {
        await asAdmin(server.url, (client) => dropDatabase(client, database));
      }
      await server.stop();
    },
  };
}

async function openServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const { databaseUrl } = loadEnv();
  if (databaseUrl) return { url: databaseUrl, stop: async () => {} };
  const dataDir = await mkdtemp(join(tmpdir(), "wend-bench-"));
  const embedded = await startEmbedded({ dataDir });
  return {
    url: embedded.url,
    stop: async () => {
      await embedded.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

// The embedded login is no superuser, so row-level security would bind its filling and the bare limits as well. What is
// measured runs as the application role, on which it stays.
async function exemptOwner(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relforcerowsecurity and relnamespace = 'public'::regnamespace",
  );
  for (const { name } of rows) await client.query(`alter table ${name} no force row level security`);
}

const dropTries = 50;

// The login of the embedded server may not end an autovacuum, which is over in a moment.
async function dropDatabase(client: pg.Client, database: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await client.query(`drop database if exists ${database} with (force)`);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== "42501" || tries === dropTries) throw error;
      await sleep(100);
    }
  }
}

async function asAdmin(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Leaves storage as after a pause: no dead rows, fresh statistics, nothing waiting to be written where the login may. */
export async function restStorage({ owner }: Pick<World, "owner">): Promise<void> {
  await owner.query("vacuum analyze");
  await owner.query("checkpoint").catch((error: unknown) => {
    // The embedded login is no superuser.
    if ((error as { code?: string }).code !== "42501") throw error;
  });
}
