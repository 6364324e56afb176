import type { Store } from "@wend/core";
import type pg from "pg";

export interface Statement {
  /** Of a statement that each connection parses once. */
  readonly name: string | undefined;
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

/** A statement as the store sends it when it has a name. */
type Prepared = Omit<Statement, "values"> & { readonly values?: unknown[] };

function recordClient(client: pg.PoolClient, recorder: Recorder): pg.PoolClient {
  const note = createNotes(recorder);
  return new Proxy(client, {
    get: (target, property) => {
      const value = Reflect.get(target, property, target);
      if (property !== "query") return typeof value === "function" ? value.bind(target) : value;
      return (sent: string | Prepared, values: unknown[] = []) => {
        if (typeof sent === "string") {
          note({ name: undefined, text: sent, values });
          return target.query(sent, values);
        }
        note({ ...sent, values: sent.values ?? [] });
        return target.query(sent);
      };
    },
  });
}

/** Keeps the writes of each transaction until it commits. */
function createNotes(recorder: Recorder): (statement: Statement) => void {
  let statements: Statement[] = [];
  let shard = -1;
  return (statement) => {
    const { text, values } = statement;
    recorder.statements += 1;
    if (/^\s*select batch_attempts/.test(text)) shard = values[1] as number;
    if (/^\s*(insert|update|delete|with u)/.test(text)) statements.push(statement);
    if (text !== "commit") return;
    if (statements.length > 1) recorder.written.push({ shard, statements });
    statements = [];
  };
}
