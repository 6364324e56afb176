import { setTimeout as sleep } from "node:timers/promises";
import type { PgPool, PgPoolClient, PgQueryResult } from "bullmq";
import pg from "pg";
import type { Logger } from "pino";
import { isConnectionLost } from "../store/failures.ts";
import { queueSchema } from "./schema.ts";
import type { SharedListener } from "./shared-listener.ts";
import { createSharedListener } from "./shared-listener.ts";

/** What BullMQ takes for a pool of its own. */
export interface QueuePool extends PgPool {
  /** False for a moment after the database could not be reached. */
  isUp(): boolean;
}

/** How long a failure counts as an outage; the next query after it tries again. */
const outageMs = 500;

/**
 * A small pool for the statements of all queues, and one connection that listens for all workers of this process:
 * by itself BullMQ keeps a connection per worker, and there is a worker per plugin connection.
 */
export function openQueuePool(databaseUrl: string, log: Logger): QueuePool {
  let pool = statementPool(databaseUrl);
  const listener = createSharedListener(() => new pg.Client(listenerConfig(databaseUrl)), log);
  let lostAt = Number.NEGATIVE_INFINITY;
  let ended = false;
  // The other connections have gone the same way, if silently: nobody should find out one by one.
  const replace = (lost: pg.Pool): void => {
    lostAt = performance.now();
    if (lost !== pool || ended) return;
    pool = statementPool(databaseUrl);
    lost.end().catch(() => {});
  };
  const query = async (text: string, params?: readonly unknown[]): Promise<PgQueryResult> => {
    const known = answerUnasked(text);
    if (known) return known;
    const used = pool;
    try {
      return await used.query({ name: nameOf(text), text, values: params as unknown[] });
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      replace(used);
      throw asOutage(error);
    }
  };
  const insist = async (text: string, params?: readonly unknown[]): Promise<PgQueryResult> => {
    for (;;) {
      try {
        return await query(text, params);
      } catch (error) {
        if (ended || !isOutage(error)) throw error;
        await sleep(outageMs / 2, undefined, { ref: false });
      }
    }
  };
  const facade: QueuePool = {
    query,
    connect: async () => borrow(listener, insist),
    isUp: () => performance.now() - lostAt > outageMs,
    end: async () => {
      ended = true;
      await Promise.all([pool.end(), listener.close()]);
    },
    // Faults are reported by the query that meets them.
    on: () => facade,
    removeAllListeners: () => facade,
  };
  return facade as QueuePool;
}

/**
 * An idle worker asks when the next delayed job is due and whether a rate limit holds: a third of all statements.
 * No job here is ever delayed or limited.
 */
function answerUnasked(text: string): PgQueryResult | undefined {
  if (/\bfrom next_signal\(/i.test(text)) return { rows: [{ rate_limit_ttl: 0, next_delay: null }] };
  if (/^\s*select next_delay\(/im.test(text)) return { rows: [{ next_delay: null }] };
  return undefined;
}

const names = new Map<string, string>();

// BullMQ's statements are few and fixed: each is parsed and planned once per connection.
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `bullmq_${names.size}`;
  names.set(text, name);
  return name;
}

/**
 * BullMQ borrows a client for two ends. At its start it reads the schema's version and remembers a failure for ever:
 * so that read waits for the database. Afterwards it listens, which the shared connection does.
 */
function borrow(listener: SharedListener, insist: PgPool["query"]): PgPoolClient {
  const ear = listener.ear();
  const client: PgPoolClient = {
    query: async <R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> => {
      const channel = /^\s*listen\s+(\w+)/im.exec(text)?.[1];
      if (channel !== undefined) {
        await ear.listen(channel);
        return { rows: [] };
      }
      // A name for the connection, which it shares with others.
      if (text.includes("application_name")) return { rows: [] };
      return insist<R>(text, params);
    },
    on: (event: string, listen: (value: never) => void) => {
      ear.events.on(event, listen as (value: unknown) => void);
      return client;
    },
    removeListener: (event, listen) => {
      ear.events.off(event, listen);
      return client;
    },
    removeAllListeners: (event) => {
      ear.events.removeAllListeners(event);
      return client;
    },
    release: () => ear.close(),
  };
  return client;
}

const common = (databaseUrl: string) => ({
  connectionString: databaseUrl,
  keepAlive: true,
  keepAliveInitialDelayMillis: 5_000,
  connectionTimeoutMillis: 5_000,
  query_timeout: 8_000,
});

function statementPool(databaseUrl: string): pg.Pool {
  const pool = new pg.Pool({
    ...common(databaseUrl),
    application_name: "wend-queue",
    max: 6,
    // A hint needs no disk: what a crash takes, the clock finds. It saves a sync per job.
    // Every statement finds its rows by one index, whatever the values.
    options: settings(
      "synchronous_commit=off",
      "plan_cache_mode=force_generic_plan",
      "statement_timeout=7000",
      "lock_timeout=5000",
      "jit=off",
    ),
  });
  pool.on("error", () => {});
  pool.on("connect", (client) => {
    client.on("error", () => {});
  });
  return pool;
}

const listenerConfig = (databaseUrl: string): pg.ClientConfig => ({
  ...common(databaseUrl),
  application_name: "wend-queue-listen",
  options: settings(),
});

const settings = (...more: string[]): string =>
  ["role=wend_app", `search_path=${queueSchema}`, ...more].map((setting) => `-c ${setting}`).join(" ");

// BullMQ waits and tries again for as long as an outage lasts, but knows only this code for one.
function asOutage(cause: unknown): Error {
  return Object.assign(new Error("ECONNREFUSED: the database cannot be reached", { cause }), { code: "ECONNREFUSED" });
}

const isOutage = (error: unknown): boolean => (error as { code?: unknown }).code === "ECONNREFUSED";
