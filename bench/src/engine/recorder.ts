import type { Store } from "@wend/core";
import type pg from "pg";

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The writes of one committed batch. */
export interface Written {
  readonly shard: number;
  readonly statements: readonly Statement[];
}

export interface Recorder {
  readonly store: Store;
  readonly written: Written[];
  /** Statements of any kind sent, for figures per journey. */
  statements: number;
}

/** Keeps what the engine writes, so that the same rows can be written again by bare statements. */
export function recordWrites(store: Store): Recorder {
  const recorder: Recorder = { store, written: [], statements: 0 };
  const app = new Proxy(store.app, {
    get: (pool, property) => {
      if (property !== "connect") return Reflect.get(pool, property, pool);
      return async () => recordClient(await pool.connect(), recorder);
    },
  });
  return Object.assign(recorder, { store: { ...store, app } });
}

function recordClient(client: pg.PoolClient, recorder: Recorder): pg.PoolClient {
  let statements: Statement[] = [];
  let shard = -1;
  return new Proxy(client, {
    get: (target, property) => {
      const value = Reflect.get(target, property, target);
      if (property !== "query") return typeof value === "function" ? value.bind(target) : value;
      return (sent: string | Prepared, bound: readonly unknown[] = []) => {
        const { name, text, values } = typeof sent === "string" ? { text: sent, values: bound } : sent;
        recorder.statements += 1;
        if (/^\s*select batch_attempts/.test(text)) shard = values[1] as number;
        if (/^\s*(insert|update|delete|with u)/.test(text)) statements.push({ name, text, values });
        if (text === "commit") {
          if (statements.length > 1) recorder.written.push({ shard, statements });
          statements = [];
        }
        return typeof sent === "string" ? target.query(sent, bound as unknown[]) : target.query(sent);
      };
    },
  });
}
