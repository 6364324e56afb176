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

type Statement = string | { readonly text: string };

function watchClient(client: pg.PoolClient, onHeld: () => void): pg.PoolClient {
  return new Proxy(client, {
    get: (target, property) => {
      const value = Reflect.get(target, property, target);
      if (property !== "query") return typeof value === "function" ? value.bind(target) : value;
      return async (statement: Statement, values?: unknown[]) => {
        const result = await target.query(statement as string, values);
        if (isLock(statement) && result.rowCount === 1) onHeld();
        return result;
      };
    },
  });
}

const isLock = (statement: Statement): boolean =>
  (typeof statement === "string" ? statement : statement.text).trimStart().startsWith("select batch_attempts from");
