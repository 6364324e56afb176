import pg from "pg";
import type { Written } from "./recorder.ts";

/** How many connections write at once. */
const CONNECTIONS = 2;

// The same planner settings as the engine's pool has.
const bareOptions =
  "-c plan_cache_mode=force_custom_plan -c jit=off -c enable_seqscan=off -c enable_hashjoin=off " +
  "-c enable_mergejoin=off -c enable_material=off -c random_page_cost=0.1 -c cpu_tuple_cost=1";

/**
 * The limit: the very rows that the engine wrote, by the same `unnest` statements in the same transactions, without
 * reading, deciding or row-level security, each transaction sent in one piece. A shard keeps its order, so that an update finds its row. Returns seconds.
 */
export async function replayWrites(url: string, written: readonly Written[]): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const client = new pg.Client({ connectionString: url, options: bareOptions, pipeline: true });
      // The database is dropped at the end of the bench, by force.
      client.on("error", () => {});
      await client.connect();
      return client;
    }),
  );
  const started = performance.now();
  await Promise.all(
    clients.map(async (client, index) => {
      for (const batch of written) {
        if (batch.shard % CONNECTIONS !== index) continue;
        await Promise.all([
          client.query("begin"),
          ...batch.statements.map(({ text, values }) => client.query(text, values as unknown[])),
          client.query("commit"),
        ]);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  await Promise.all(clients.map((client) => client.end()));
  return seconds;
}
