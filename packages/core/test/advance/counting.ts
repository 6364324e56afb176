import type pg from "pg";
import type { Runtime } from "../../src/runtime.ts";

/** The runtime with every statement counted. */
export function counting(world: Pick<Runtime, "store"> & { readonly runtime: Runtime }): {
  runtime: Runtime;
  statements: string[];
} {
  const statements: string[] = [];
  const counted = (client: pg.PoolClient) =>
    new Proxy(client, {
      get: (target, property) => {
        const value = Reflect.get(target, property, target);
        if (property !== "query") return typeof value === "function" ? value.bind(target) : value;
        return (text: string, values?: unknown[]) => {
          statements.push(text);
          return target.query(text, values);
        };
      },
    });
  const app = new Proxy(world.store.app, {
    get: (pool, property) =>
      property === "connect" ? async () => counted(await pool.connect()) : Reflect.get(pool, property, pool),
  });
  return { runtime: { ...world.runtime, store: { ...world.store, app } }, statements };
}
