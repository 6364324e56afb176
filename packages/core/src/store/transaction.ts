import { WendError } from "@wend/plugin";
import type pg from "pg";
import type { Store } from "./connect.ts";
import { isConnectionLost, toStoreError } from "./failures.ts";

/**
 * A transaction bound to one workspace: row-level security shows it nothing else. Statements sent together with
 * `Promise.all` run in their order, in one round trip.
 */
export interface Tx {
  readonly workspaceId: number;
  /** Read once when the transaction began: from the database in production, from the manual clock in tests. */
  readonly now: number;
  /** `now` when time is moved by hand, and is therefore every instant of the transaction. */
  readonly fixedNow: number | undefined;
  rows<Row extends pg.QueryResultRow>(text: string | Prepared, values?: unknown[]): Promise<Row[]>;
  /** Runs a statement and returns how many rows it touched. */
  run(text: string | Prepared, values?: unknown[]): Promise<number>;
}

/**
 * A statement that each connection parses once, for those that run hundreds of times a second. It is planned for its
 * values every time all the same: the connections ask for that.
 */
export interface Prepared {
  readonly name: string;
  readonly text: string;
}

/**
 * Runs `work` in one transaction of one workspace and commits it; rolls back when it throws. A passing fault of the
 * database becomes `store.unavailable`: then the commit may or may not have taken effect.
 */
export async function inWorkspace<T>(store: Store, workspaceId: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await connect(store);
  let broken: Error | undefined;
  try {
    const now = await begin(client, workspaceId, store);
    const result = await work(createTx(client, { workspaceId, now, fixedNow: store.clock.fixed() }));
    await commit(client);
    return result;
  } catch (error) {
    broken = await rollback(client, error);
    throw toStoreError(error);
  } finally {
    client.release(broken);
  }
}

async function connect(store: Store): Promise<pg.PoolClient> {
  try {
    return await store.app.connect();
  } catch (error) {
    throw toStoreError(error);
  }
}

// Both statements travel in one message; a workspace id is an integer, so it needs no parameter.
async function begin(client: pg.PoolClient, workspaceId: number, store: Store): Promise<number> {
  const results = (await client.query(
    `begin; select set_config('wend.workspace', '${Math.trunc(workspaceId)}', true), clock_timestamp() as now`,
  )) as unknown as pg.QueryResult<{ now: number }>[];
  return store.clock.fixed() ?? results[1]!.rows[0]!.now;
}

// Sent only after all of the work: of statements sent together, one that the driver cannot encode is left out in
// silence, and those behind it run. The server answers a commit after a failed statement with a rollback and no error: `work` swallowed one.
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query("commit");
  if (command !== "COMMIT") {
    throw new WendError("internal.unexpected", { detail: "A statement failed, so nothing was committed." });
  }
}

function createTx(client: pg.PoolClient, place: Pick<Tx, "workspaceId" | "now" | "fixedNow">): Tx {
  return {
    ...place,
    rows: async (text, values) => (await ask(client, text, values)).rows,
    run: async (text, values) => (await ask(client, text, values)).rowCount ?? 0,
  };
}

const ask = (client: pg.PoolClient, text: string | Prepared, values?: unknown[]): Promise<pg.QueryResult> =>
  typeof text === "string" ? client.query(text, values) : client.query({ ...text, ...(values && { values }) });

// A client that is lost, or whose rollback fails, is not handed out again. Asking a silent server to roll back would
// only wait for its time limit a second time.
async function rollback(client: pg.PoolClient, cause: unknown): Promise<Error | undefined> {
  if (isConnectionLost(cause)) return cause as Error;
  try {
    await client.query("rollback");
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
