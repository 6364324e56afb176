import { Redis } from "ioredis";
import pino from "pino";
import { inject } from "vitest";
import type { QueuesOptions } from "../../src/queue/connect.ts";
import { connectQueues } from "../../src/queue/connect.ts";
import type { Queues } from "../../src/queue/queues.ts";
import { migrateQueues } from "../../src/queue/schema.ts";
import { codeOf } from "../../src/store/failures.ts";
import { asOwner } from "../../src/store/owner.ts";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";

export const log = pino({ level: process.env.WEND_LOG_LEVEL ?? "silent" });

export type ServerName = "postgres" | "redis";

/** The queue servers of this run. */
export function serverNames(): ServerName[] {
  if (inject("wend").redisUrl !== undefined) return ["postgres", "redis"];
  process.stderr.write("queues on redis not tested: REDIS_URL is not set\n");
  return ["postgres"];
}

/** A queue server of a test file: as many clients as wished, and its contents. */
export interface QueueServer {
  readonly test: TestStore;
  connect(options?: Partial<QueuesOptions>): Promise<Queues>;
  /** Closes what `connect` opened since the last call. */
  closeAll(): Promise<void>;
  /** Takes away every job, key and lock, as a FLUSHALL or a truncation does. */
  empty(): Promise<void>;
  /** Everything a job carries, as text. */
  contents(): Promise<string>;
  close(): Promise<void>;
}

export async function openServer(name: ServerName, store?: TestStore): Promise<QueueServer> {
  const test = store ?? (await createTestStore());
  const opened: Queues[] = [];
  const content = name === "redis" ? redisContent(test) : postgresContent(test.url);
  if (name === "postgres") await migrateQueues(test.url);
  const closeAll = async (): Promise<void> => {
    await Promise.all(opened.splice(0).map((queues) => queues.close()));
  };
  return {
    test,
    ...content,
    connect: async (options = {}) => {
      const queues = await connectQueues({ ...addressOf(name, test), log, pace: false, ...options });
      opened.push(queues);
      return queues;
    },
    closeAll,
    close: async () => {
      await closeAll();
      await content.empty();
      await content.close();
      await test.close();
    },
  };
}

function addressOf(name: ServerName, test: TestStore): Pick<QueuesOptions, "databaseUrl" | "redisUrl" | "prefix"> {
  return { databaseUrl: test.url, redisUrl: name === "redis" ? test.redisUrl : undefined, prefix: test.redisPrefix };
}

interface Content extends Pick<QueueServer, "empty" | "contents"> {
  close(): Promise<void>;
}

function redisContent(test: TestStore): Content {
  const redis = new Redis(test.redisUrl!);
  const keys = (): Promise<string[]> => redis.keys(`${test.redisPrefix}:*`);
  return {
    empty: async () => {
      const all = await keys();
      if (all.length > 0) await redis.del(...all);
    },
    contents: async () => {
      const hashes: Record<string, string>[] = [];
      for (const key of await keys()) {
        if ((await redis.type(key)) === "hash" && !key.endsWith(":meta")) hashes.push(await redis.hgetall(key));
      }
      return JSON.stringify(hashes);
    },
    close: async () => {
      await redis.quit();
    },
  };
}

function unlessBusy(error: unknown): "busy" {
  if (codeOf(error) === "55P03" || codeOf(error) === "40P01") return "busy";
  throw error;
}

function postgresContent(url: string): Content {
  return {
    empty: () =>
      asOwner(url, async (client) => {
        // Waiting for a lock that a running job needs as well would be a deadlock; so it waits briefly, and again.
        await client.query("set lock_timeout = 50");
        const truncate = "truncate bullmq.job, bullmq.dedup, bullmq.dedup_next, bullmq.event, bullmq.meta cascade";
        const tryOnce = () => client.query(truncate).catch(unlessBusy);
        while ((await tryOnce()) === "busy");
      }),
    contents: () =>
      asOwner(url, async (client) => {
        const { rows } = await client.query("select * from bullmq.job");
        return JSON.stringify(rows);
      }),
    close: async () => {},
  };
}
