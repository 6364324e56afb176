import { createTestStore } from "@wend/core/testing";
import { inject } from "vitest";
import type { Place } from "../../src/drills/stage/place.ts";

/** Where this run has its queues. The other backend is drilled by a run with, or without, REDIS_URL. */
export const backend = inject("wend").redisUrl === undefined ? "postgres" : "redis";

/** A database and a corner of Redis of its own. */
export async function openPlace(): Promise<Place> {
  const { url, workspace, redisUrl, redisPrefix, store } = await createTestStore();
  await store.close();
  return {
    databaseUrl: url,
    workspace,
    redis: redisUrl === undefined ? undefined : { url: redisUrl, prefix: redisPrefix },
  };
}
