import type { World } from "../world.ts";
import type { ApiReady } from "./api-process.ts";
import type { Child } from "./child.ts";
import { startChild } from "./child.ts";
import type { RedisCorner } from "./redis.ts";
import type { Spending } from "./spending.ts";
import { openSpending } from "./spending.ts";

/** The API and a worker with all roles, a process each. */
export interface Stage {
  readonly backend: "postgres" | "redis";
  readonly apiPort: number;
  readonly worker: Child<undefined>;
  readonly spending: Spending;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly redis: RedisCorner | undefined;
  /** A folder for CPU profiles of both. */
  readonly profile: string | undefined;
}

export async function openStage(world: World, { redis, profile }: StageOptions): Promise<Stage> {
  const setup = { databaseUrl: world.url, redis: redis && { url: redis.url, prefix: redis.prefix } };
  const api = await startChild<ApiReady>(new URL("./api-process.ts", import.meta.url), setup, { profile });
  const worker = await startChild<undefined>(new URL("./worker-process.ts", import.meta.url), setup, { profile });
  const spending = await openSpending({ api, workers: [worker], owner: world.owner, redis });
  return {
    backend: redis ? "redis" : "postgres",
    apiPort: api.ready.port,
    worker,
    spending,
    close: async () => {
      spending.close();
      await Promise.all([api.stop(), worker.stop()]);
    },
  };
}
