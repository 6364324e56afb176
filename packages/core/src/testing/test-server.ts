import pg from "pg";
import type { Env } from "../env.ts";
import { migrateQueues } from "../queue/schema.ts";
import { migrate } from "../store/migrate.ts";
import { asOwner } from "../store/owner.ts";
import { keptAt, runOf, templateName, urlOf } from "./names.ts";
import type { TestServer } from "./provided.ts";
import { findCluster } from "./test-cluster.ts";

export interface StartedTestServer {
  readonly server: TestServer;
  stop(): Promise<void>;
}

const dayMs = 86_400_000;
const mostKept = 20;
const runName = "wend-test-run-";

/** The server of one test run: the one at `DATABASE_URL`, or an embedded one in a temporary folder. */
export async function startTestServer(env: Env): Promise<StartedTestServer> {
  const cluster = await findCluster(env.databaseUrl);
  try {
    const run = await beginRun(cluster.url);
    const template = templateName(run.id);
    await run.client.query(`create database ${template}`);
    await migrate(urlOf(cluster.url, template));
    await migrateQueues(urlOf(cluster.url, template));
    return {
      server: { url: cluster.url, template, run: run.id, redisUrl: env.redisUrl },
      stop: async () => {
        const kept = await asOwner(cluster.url, (client) => endRun(client, template));
        await run.client.end();
        await cluster.stop(kept);
      },
    };
  } catch (error) {
    await cluster.stop(false);
    throw error;
  }
}

interface Run {
  readonly id: number;
  readonly client: pg.Client;
}

async function beginRun(url: string): Promise<Run> {
  const id = Math.floor(Math.random() * 2 ** 31);
  const client = new pg.Client({ connectionString: url, application_name: `${runName}${id}`, keepAlive: true });
  client.on("error", () => {});
  await client.connect();
  await sweep(client, Date.now());
  return { id, client };
}

// A run lives as long as its connection, which every database of the server sees.
async function sweep(client: pg.Client, now: number): Promise<void> {
  const { rows } = await client.query<{ application_name: string }>("select application_name from pg_stat_activity");
  const living = new Set(rows.map((row) => row.application_name));
  const names = await databases(client);
  const dead = names.filter((name) => runOf(name) !== undefined && !living.has(`${runName}${runOf(name)}`));
  const kept = names.filter((name) => keptAt(name) !== undefined).toSorted((a, b) => keptAt(b)! - keptAt(a)!);
  const old = kept.filter((name, newer) => newer >= mostKept || keptAt(name)! < now - dayMs);
  for (const name of [...dead, ...old]) await client.query(`drop database if exists ${name} with (force)`);
}

async function databases(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>("select datname as name from pg_database");
  return rows.map(({ name }) => name);
}

/** True when databases of red files stay. */
async function endRun(client: pg.Client, template: string): Promise<boolean> {
  await client.query(`drop database if exists ${template} with (force)`);
  return (await databases(client)).some((name) => keptAt(name) !== undefined);
}
