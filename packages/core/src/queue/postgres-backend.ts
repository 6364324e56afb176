import { createPostgresBackend, withBackend } from "bullmq";
import type { Logger } from "pino";
import type { Backend } from "./backend.ts";
import { openBullQueue, openBullWorker } from "./bull.ts";
import { openQueuePool } from "./postgres-pool.ts";
import { assertQueueSchema } from "./schema.ts";

const classes = withBackend(createPostgresBackend);

/** Queues in the database itself, in a schema of their own. */
export async function connectPostgresBackend(databaseUrl: string, log: Logger): Promise<Backend> {
  const pool = openQueuePool(databaseUrl, log);
  try {
    await assertQueueSchema(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  // One pool serves both: it fails as soon as the database does.
  const bull = { classes, producer: pool, consumer: pool, prefix: "" };
  return {
    name: "postgres",
    isUp: () => pool.isUp(),
    openQueue: (name) => openBullQueue(bull, name),
    openWorker: (setup) => openBullWorker(bull, setup),
    close: () => pool.end(),
  };
}
