import type pg from "pg";
import type { Store } from "./connect.ts";

/** A transaction bound to one workspace: row-level security shows it nothing else. */
export interface Tx {
  readonly workspaceId: number;
  /** Read once when the transaction began: from the database in production, from the manual clock in tests. */
  readonly now: number;
  rows<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Runs a statement and returns how many rows it touched. */
  run(text: string, values?: unknown[]): Promise<number>;
}

/** Runs `work` in one transaction of one workspace and commits it; rolls back when it throws. */
export async function inWorkspace<T>(store: Store, workspaceId: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await store.app.connect();
  let broken: Error | undefined;
  try {
    const now = await begin(client, workspaceId, store);
    const result = await work(createTx(client, workspaceId, now));
    await client.query("commit");
    return result;
  } catch (error) {
    broken = await rollback(client);
    throw error;
  } finally {
    client.release(broken);
  }
}

// Both statements travel in one message; a workspace id is an integer, so it needs no parameter.
async function begin(client: pg.PoolClient, workspaceId: number, store: Store): Promise<number> {
  const results = (await client.query(
    `begin; select set_config('wend.workspace', '${Math.trunc(workspaceId)}', true), clock_timestamp() as now`,
  )) as unknown as pg.QueryResult<{ now: number }>[];
  return store.clock.fixed() ?? results[1]!.rows[0]!.now;
}

function createTx(client: pg.PoolClient, workspaceId: number, now: number): Tx {
  return {
    workspaceId,
    now,
    rows: async (text, values) => (await client.query(text, values)).rows,
    run: async (text, values) => (await client.query(text, values)).rowCount ?? 0,
  };
}

// A client whose rollback fails is not handed out again.
async function rollback(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query("rollback");
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
