import type { Store } from "@wend/core";
import type pg from "pg";

/** The store, with word of every transaction that has just come to hold a shard. */
export function watchShardLocks(store: Store, onHeld: () => void): Store {
  const app = new Proxy(store.app, {
    get: (pool, property) => {
      if (property !== "connect") return Reflect.get(pool, property, pool);
      return async () => watchClient(await pool.connect(), onHeld);
    },
  });
  return { ...store, app };
}

function watchClient(client: pg.PoolClient, onHeld: () => void): pg.PoolClient {
  return new Proxy(client, {
    get: (target, property) => {
      const value = Reflect.get(target, property, target);
      if (property !== "query") return typeof value === "function" ? value.bind(target) : value;
      return async (...args: [string, unknown[]?]) => {
        const result = await target.query(...(args as [string]));
        if (isLock(args[0]) && result.rowCount === 1) onHeld();
        return result;
      };
    },
  });
}

const isLock = (text: unknown): boolean =>
  typeof text === "string" && text.startsWith("select batch_attempts from shards");
