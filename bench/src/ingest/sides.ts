import { connectStore, createApiKey, createWorkspace, migrate } from "@wend/core";
import pg from "pg";
import type { ApiReady, ApiSetup } from "../shared/api-process.ts";
import { startChild } from "../shared/child.ts";
import { cpuMsOf, openServerCpu } from "../shared/cpu.ts";
import type { World } from "../world.ts";
import type { BareSetup } from "./bare-process.ts";
import type { LoadPlan } from "./load-process.ts";

/** A server that takes events, and what is known of it from outside. */
export interface Side {
  readonly target: Pick<LoadPlan, "port" | "headers">;
  /** CPU time so far of the server's process, and of its database. */
  cpuMs(): Promise<{ readonly server: number; readonly database: number }>;
  /** Events stored, by the database. */
  stored(): Promise<number>;
  close(): Promise<void>;
}

export interface OursOptions {
  readonly redis: ApiSetup["redis"];
  readonly profile: string | undefined;
}

/** The product's own API. */
export async function startOurs(world: World, { redis, profile }: OursOptions): Promise<Side> {
  const store = connectStore({ url: world.url, max: 1 });
  const { key } = await createApiKey(store, world.workspace.id, { kind: "srv", name: "bench", scopes: ["ingest"] });
  await store.close();
  const setup: ApiSetup = { databaseUrl: world.url, redis };
  const api = await startChild<ApiReady>(new URL("../shared/api-process.ts", import.meta.url), setup, { profile });
  const authorization = `Basic ${Buffer.from(`${key}:`).toString("base64")}`;
  return watched(world.url, {
    pid: api.pid,
    stop: api.stop,
    target: { port: api.ready.port, headers: { authorization } },
  });
}

/** A bare server on a database of its own with the same schema, so that both fill alike. */
export async function startBare(world: World): Promise<Side> {
  const databaseUrl = await world.createDatabase("wend_bench_bare");
  await migrate(databaseUrl);
  const store = connectStore({ url: databaseUrl, max: 1 });
  const workspace = await createWorkspace(store, { slug: "bare", name: "Bare", shards: 16 });
  await store.close();
  const setup: BareSetup = { databaseUrl, workspaceId: workspace.id, shards: workspace.shards };
  const bare = await startChild<{ port: number }>(new URL("./bare-process.ts", import.meta.url), setup);
  return watched(databaseUrl, { pid: bare.pid, stop: bare.stop, target: { port: bare.ready.port, headers: {} } });
}

interface Running {
  readonly pid: number;
  readonly target: Side["target"];
  stop(): Promise<void>;
}

async function watched(databaseUrl: string, { pid, target, stop }: Running): Promise<Side> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, application_name: "wend-bench" });
  const database = await openServerCpu(pool);
  return {
    target,
    cpuMs: async () => ({ server: await cpuMsOf(pid), database: await database.readMs() }),
    stored: async () => {
      const { rows } = await pool.query<{ count: string }>("select count(*) from events");
      return Number(rows[0]!.count);
    },
    close: async () => {
      database.close();
      await stop();
      await pool.end();
    },
  };
}
