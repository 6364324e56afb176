import type { Workspace } from "@wend/core";
import { openRedis } from "../../shared/redis.ts";
import { createWorld } from "../../world.ts";

/** Where a drill takes place: a migrated database with an empty workspace, and its queues. */
export interface Place {
  readonly databaseUrl: string;
  readonly workspace: Workspace;
  /** Undefined: the queues live in the database. */
  readonly redis: { readonly url: string; readonly prefix: string } | undefined;
}

export const backendOf = ({ redis }: Pick<Place, "redis">): "postgres" | "redis" => (redis ? "redis" : "postgres");

/** Runs a drill in a fresh place, by the environment, and clears it away. */
export async function inFreshPlace(work: (place: Place) => Promise<void>): Promise<void> {
  const world = await createWorld();
  try {
    await withRedis((redis) => work({ databaseUrl: world.url, workspace: world.workspace, redis }));
  } finally {
    await world.close();
  }
}

/** Gives the drill a corner of Redis when there is a REDIS_URL. */
export async function withRedis(work: (redis: Place["redis"]) => Promise<void>): Promise<void> {
  const redis = await openRedis();
  try {
    await work(redis && { url: redis.url, prefix: redis.prefix });
  } finally {
    await redis?.close();
  }
}
