import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";

const lockKey = 7_365_478;

/**
 * Lets one login at a time change the schema of a database; held until the connection ends. Asked for again and again
 * rather than waited for: a statement that waits holds a snapshot, and an index that the holder builds concurrently
 * would wait for that snapshot.
 */
export async function takeMigrationLock(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [lockKey]);
    if (rows[0]!.taken) return;
    await sleep(50);
  }
}
