import { randomBytes } from "node:crypto";
import { loadEnv } from "@wend/core";
import { Redis } from "ioredis";

/** A corner of the Redis of `REDIS_URL` that belongs to one bench. */
export interface RedisCorner {
  readonly url: string;
  /** Leads every key. */
  readonly prefix: string;
  /** Bytes that the corner's keys take. */
  keyBytes(): Promise<number>;
  /** CPU time of the whole server. */
  cpuMs(): Promise<number>;
  /** Removes the keys. */
  close(): Promise<void>;
}

/** Undefined when there is no REDIS_URL. */
export async function openRedis(): Promise<RedisCorner | undefined> {
  const { redisUrl } = loadEnv();
  if (redisUrl === undefined) return undefined;
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 3 });
  const prefix = `{wend-bench-${randomBytes(4).toString("hex")}}`;
  const batches = () => redis.scanStream({ match: `${prefix}*`, count: 1_000 }) as AsyncIterable<string[]>;
  return {
    url: redisUrl,
    prefix,
    keyBytes: async () => {
      let bytes = 0;
      for await (const keys of batches()) {
        for (const key of keys) bytes += Number((await redis.call("memory", "usage", key, "samples", "0")) ?? 0);
      }
      return bytes;
    },
    cpuMs: async () => {
      const info = await redis.info("cpu");
      return (numberIn(info, "used_cpu_sys") + numberIn(info, "used_cpu_user")) * 1_000;
    },
    close: async () => {
      for await (const keys of batches()) if (keys.length > 0) await redis.unlink(...keys);
      redis.disconnect();
    },
  };
}

const numberIn = (info: string, field: string): number =>
  Number(new RegExp(`^${field}:([\\d.]+)`, "m").exec(info)?.[1]);
