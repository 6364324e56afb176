import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbedded } from "../embedded/start.ts";
import type { Env } from "../env.ts";
import { migrate } from "../store/migrate.ts";
import { keptAt, runOf, templateName, urlOf } from "./names.ts";
import type { TestServer } from "./provided.ts";

export interface StartedTestServer {
  readonly server: TestServer;
  stop(): Promise<void>;
}

const dayMs = 86_400_000;
const runsClass = 7_365_479;

/** The server of one test run: the one at `DATABASE_URL`, or an embedded one in a temporary folder. */
export async function startTestServer(env: Env): Promise<StartedTestServer> {
  const cluster = await findCluster(env);
  try {
    const run = await beginRun(cluster.url);
    const template = templateName(run.id);
    await run.client.query(`create database ${template}`);
    await migrate(urlOf(cluster.url, template));
    return {
      server: { url: cluster.url, template, run: run.id, redisUrl: env.redisUrl },
      stop: async () => {
        await run.client.query(`drop database if exists ${template} with (force)`);
        const kept = await countKept(run.client);
        await run.client.end();
        await cluster.stop(kept > 0);
      },
    };
  } catch (error) {
    await cluster.stop(false);
    throw error;
  }
}

interface TestCluster {
  readonly url: string;
  stop(keep: boolean): Promise<void>;
}

async function findCluster(env: Env): Promise<TestCluster> {
  if (env.databaseUrl !== undefined) return { url: env.databaseUrl, stop: async () => {} };
  const wish = await mkdtemp(join(tmpdir(), "wend-test-"));
  await chmod(wish, 0o755);
  const embedded = await startEmbedded({ dataDir: wish, throwaway: true });
  return {
    url: embedded.url,
    stop: async (keep) => {
      await embedded.stop();
      if (keep) {
        process.stderr.write(`kept the embedded server of this run in ${embedded.dataDir}\n`);
        return;
      }
      await rm(embedded.dataDir, { recursive: true, force: true });
      await rm(wish, { recursive: true, force: true });
    },
  };
}

interface Run {
  readonly id: number;
  readonly client: pg.Client;
}

// A run holds a lock by its number while it lives; what a run without its lock left behind is swept here.
async function beginRun(url: string): Promise<Run> {
  const client = new pg.Client({ connectionString: url, application_name: "wend-test-run", keepAlive: true });
  client.on("error", () => {});
  await client.connect();
  const id = Math.floor(Math.random() * 2 ** 31);
  await client.query("select pg_advisory_lock($1, $2)", [runsClass, id]);
  await sweep(client, Date.now());
  return { id, client };
}

async function sweep(client: pg.Client, now: number): Promise<void> {
  for (const name of await databases(client)) {
    if (await isStale(client, name, now)) await client.query(`drop database if exists ${name} with (force)`);
  }
}

async function isStale(client: pg.Client, name: string, now: number): Promise<boolean> {
  const kept = keptAt(name);
  if (kept !== undefined) return kept < now - dayMs;
  const { rows } = await client.query<{ free: boolean }>("select pg_try_advisory_lock($1, $2) as free", [
    runsClass,
    runOf(name),
  ]);
  if (!rows[0]!.free) return false;
  await client.query("select pg_advisory_unlock($1, $2)", [runsClass, runOf(name)]);
  return true;
}

async function databases(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>("select datname as name from pg_database");
  return rows.map(({ name }) => name).filter((name) => runOf(name) !== undefined || keptAt(name) !== undefined);
}

async function countKept(client: pg.Client): Promise<number> {
  return (await databases(client)).filter((name) => keptAt(name) !== undefined).length;
}
