import { setTimeout as sleep } from "node:timers/promises";
import { createRedisBackend, withBackend } from "bullmq";
import type { RedisOptions } from "ioredis";
import { Redis } from "ioredis";
import type { Logger } from "pino";
import type { Backend } from "./backend.ts";
import { openBullQueue, openBullWorker } from "./bull.ts";
import { assertNoEviction } from "./eviction.ts";

const classes = withBackend(createRedisBackend);

/** A server that does not answer for so long at the start is left to come back later. */
const startMs = 5_000;

const patient: RedisOptions = {
  keepAlive: 10_000,
  connectTimeout: 5_000,
  // A line that is silently gone: no answer to anything within this time. An idle worker's question lasts 5 s.
  socketTimeout: 10_000,
  retryStrategy: (times) => Math.min(times * 100, 2_000),
  maxRetriesPerRequest: null,
};

/** Fails at once instead of piling up commands in memory. */
const impatient: RedisOptions = {
  ...patient,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  commandTimeout: 3_000,
  socketTimeout: 5_000,
};

export interface RedisBackendOptions {
  readonly url: string;
  /** Leads every key. */
  readonly prefix: string;
  readonly log: Logger;
}

/** Queues in Redis or Valkey. A server that is down does not keep Wend from starting: the clock covers for it. */
export async function connectRedisBackend({ url, prefix, log }: RedisBackendOptions): Promise<Backend> {
  const producer = open(url, impatient);
  const consumer = open(url, patient);
  const close = async (): Promise<void> => {
    producer.removeAllListeners("close");
    producer.disconnect();
    consumer.disconnect();
  };
  reportChanges(producer, log);
  await Promise.race([isReady(producer), sleep(startMs, undefined, { ref: false })]);
  if (producer.status === "ready") {
    await assertNoEviction(producer).catch(async (error) => {
      await close();
      throw error;
    });
  }
  // It may come back with another configuration; by then only the log can say so.
  producer.on("ready", () => {
    assertNoEviction(producer).catch((error) => log.error({ err: error }, "redis may lose jobs"));
  });
  const bull = { classes, producer, consumer, prefix };
  return {
    name: "redis",
    isUp: () => producer.status === "ready",
    openQueue: (name) => openBullQueue(bull, name),
    openWorker: (setup) => openBullWorker(bull, setup),
    close,
  };
}

function open(url: string, options: RedisOptions): Redis {
  const redis = new Redis(url, options);
  redis.on("error", () => {});
  return redis;
}

const isReady = (redis: Redis): Promise<unknown> => new Promise((resolve) => redis.once("ready", resolve));

function reportChanges(redis: Redis, log: Logger): void {
  let down = false;
  redis.on("close", () => {
    if (!down) log.warn("redis is down, the clock covers");
    down = true;
  });
  redis.on("ready", () => {
    if (down) log.info("redis is back");
    down = false;
  });
}
