import { Redis } from "ioredis";
import pg from "pg";
import type { Place } from "../stage/place.ts";

/** Takes away everything the queues hold, under the feet of those who use them. */
export interface Emptier {
  empty(): Promise<void>;
  close(): Promise<void>;
}

export const openEmptier = (place: Place): Promise<Emptier> =>
  place.redis ? openRedisEmptier(place.redis) : openPostgresEmptier(place.databaseUrl);

// FLUSHALL as far as it is ours: others may live on the same server. A script, so that it is done in one instant.
const flush = `
local keys = redis.call("KEYS", ARGV[1])
for _, key in ipairs(keys) do redis.call("DEL", key) end
return #keys`;

async function openRedisEmptier({ url, prefix }: NonNullable<Place["redis"]>): Promise<Emptier> {
  const redis = new Redis(url);
  return {
    empty: async () => {
      await redis.eval(flush, 0, `${prefix}*`);
    },
    close: async () => redis.disconnect(),
  };
}

const lockNotAvailable = "55P03";
const deadlock = "40P01";

// The same for the queue's tables. It waits for their locks only briefly and comes again: waiting holds everybody up.
async function openPostgresEmptier(databaseUrl: string): Promise<Emptier> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("set lock_timeout = 50");
  const truncate = "truncate bullmq.job, bullmq.dedup, bullmq.dedup_next, bullmq.event, bullmq.meta cascade";
  const isEmptied = (): Promise<boolean> =>
    client.query(truncate).then(
      () => true,
      (error: { code?: string }) => {
        if (error.code === lockNotAvailable || error.code === deadlock) return false;
        throw error;
      },
    );
  return {
    empty: async () => {
      while (!(await isEmptied()));
    },
    close: () => client.end(),
  };
}
