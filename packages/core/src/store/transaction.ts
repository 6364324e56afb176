import { WendError } from "@wend/plugin";
import type pg from "pg";
import type { Store } from "./connect.ts";
import { codeOf, isConnectionLost, toStoreError } from "./failures.ts";
import { outlivesPlans } from "./plan-age.ts";
import { turns } from "./turns.ts";

/** What can be asked before the transaction's instant is known; its statements read it as `wend.now`, in milliseconds. */
export interface OpeningTx {
  readonly workspaceId: number;
  rows<Row extends pg.QueryResultRow>(text: string | Prepared, values?: unknown[]): Promise<Row[]>;
  /** Runs a statement and returns how many rows it touched. */
  run(text: string | Prepared, values?: unknown[]): Promise<number>;
}

/**
 * A transaction bound to one workspace: row-level security shows it nothing else. Statements sent together with
 * `Promise.all` run in their order, in one round trip.
 */
export interface Tx extends OpeningTx {
  /** Read once when the transaction began: from the database in production, from the manual clock in tests. */
  readonly now: number;
  /** `now` when time is moved by hand, and is therefore every instant of the transaction. */
  readonly fixedNow: number | undefined;
  /**
   * Sends the last statements and the commit behind them, so that they travel together; resolves when it holds. `send`
   * has to ask all of them at once: one that comes later throws. Without it, the transaction commits when its work is
   * done.
   */
  finish<T>(send: () => Promise<T>): Promise<T>;
}

/**
 * A statement that each connection parses once, for those that run hundreds of times a second. In `inBusyWorkspace` it
 * is planned ahead too, elsewhere for its values every time.
 */
export interface Prepared {
  readonly name: string;
  readonly text: string;
}

/**
 * Runs `work` in one transaction of one workspace and commits it; rolls back when it throws. A passing fault of the
 * database becomes `store.unavailable`: then the commit may or may not have taken effect.
 */
export function inWorkspace<T>(store: Store, workspaceId: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transact(store, { workspaceId, busy: false }, { opening: nothing, work });
}

/** Work whose first statements travel with the beginning of the transaction. */
export interface OpenedWork<T, O> {
  /** A transaction of its own that travels ahead of this one and is committed whatever becomes of it. */
  readonly ahead?: { readonly statement: Prepared; readonly values: readonly unknown[] } | undefined;
  opening(tx: OpeningTx): Promise<O>;
  /** `ahead`: how many rows the statement ahead touched. */
  work(tx: Tx, opened: O, ahead: number): Promise<T>;
}

/**
 * The same for what runs hundreds of times a second: prepared statements are planned ahead, whatever their values.
 * Planning one takes longer than running it for a handful of rows. Only for statements that find their rows by key.
 */
export function inBusyWorkspace<T, O>(
  store: Store,
  workspaceId: number,
  work: OpenedWork<T, O> | ((tx: Tx) => Promise<T>),
): Promise<T> {
  const kind = { workspaceId, busy: true };
  return typeof work === "function" ? transact(store, kind, { opening: nothing, work }) : transact(store, kind, work);
}

const nothing = async (): Promise<void> => {};

interface Kind {
  readonly workspaceId: number;
  readonly busy: boolean;
}

async function transact<T, O>(store: Store, kind: Kind, { ahead, opening, work }: OpenedWork<T, O>): Promise<T> {
  const client = await connect(store);
  const tx = createTx(client, kind.workspaceId);
  let broken: Error | undefined;
  try {
    const early = ahead && sendAhead(client, kind, { store, ahead });
    const [now, opened, touched = 0] = await Promise.all([begin(client, kind, store), opening(tx), early]);
    const result = await work({ ...tx, now, fixedNow: store.clock.fixed() }, opened, touched);
    await tx.end();
    return result;
  } catch (error) {
    broken = await rollback(client, error);
    throw toStoreError(tx.causeOf(error));
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

async function sendAhead(
  client: pg.PoolClient,
  kind: Kind,
  { store, ahead }: { store: Store; ahead: NonNullable<OpenedWork<unknown, unknown>["ahead"]> },
): Promise<number> {
  const values = [...ahead.values];
  const [, result] = await Promise.all([
    begin(client, kind, store),
    client.query({ ...ahead.statement, values }),
    commitNow(client),
  ]);
  return result.rowCount ?? 0;
}

// All travel in one message; a workspace id is an integer, so it needs no parameter.
async function begin(client: pg.PoolClient, { workspaceId, busy }: Kind, store: Store): Promise<number> {
  const fresh = busy && outlivesPlans(client) ? "discard plans; " : "";
  const ahead = busy ? "set_config('plan_cache_mode', 'force_generic_plan', true), " : "";
  const workspace = `set_config('wend.workspace', '${Math.trunc(workspaceId)}', true)`;
  const instant = store.clock.fixed() ?? "floor(extract(epoch from clock_timestamp()) * 1000)";
  const results = (await client.query(
    `${fresh}begin; select ${ahead}${workspace}, set_config('wend.now', (${instant})::float8::text, true) as now`,
  )) as unknown as pg.QueryResult<{ now: string }>[];
  return Number(results.at(-1)!.rows[0]!.now);
}

interface EndingTx extends OpeningTx, Pick<Tx, "finish"> {
  /** Commits, if that was not asked for before. */
  end(): Promise<void>;
  /** Of statements sent together, those behind one that failed fail too, and may be heard of first. */
  causeOf(error: unknown): unknown;
}

function createTx(client: pg.PoolClient, workspaceId: number): EndingTx {
  let refused: unknown;
  let finishing: Promise<unknown> | undefined;
  const ask = async (text: string | Prepared, values?: unknown[]): Promise<pg.QueryResult> => {
    if (finishing) throw new Error("a statement came after the last ones");
    try {
      return await (typeof text === "string"
        ? client.query(text, values)
        : client.query({ ...text, ...(values && { values }) }));
    } catch (error) {
      refused ??= error;
      throw error;
    }
  };
  // Of statements sent together, one that the driver cannot encode is left out in silence, and those behind it run: the
  // commit must not be one of them. Two turns later both the driver and whoever asks for them have spoken.
  const commitBehind = async (last: Promise<unknown>): Promise<void> => {
    last.catch((error: unknown) => {
      refused ??= error;
    });
    await turns(2);
    if (refused !== undefined) throw refused;
    await commitNow(client).catch((error) => {
      throw refused ?? error;
    });
  };
  return {
    workspaceId,
    rows: async (text, values) => (await ask(text, values)).rows,
    run: async (text, values) => (await ask(text, values)).rowCount ?? 0,
    finish: async (send) => {
      const last = send();
      finishing = Promise.all([last, commitBehind(last)]);
      await finishing;
      return last;
    },
    end: async () => {
      await (finishing ?? commitNow(client));
    },
    causeOf: (error) => (codeOf(error) === inFailedTransaction ? refused : error),
  };
}

const inFailedTransaction = "25P02";

// The server answers a commit after a failed statement with a rollback and no error: `work` swallowed one.
async function commitNow(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query("commit");
  if (command !== "COMMIT") {
    throw new WendError("internal.unexpected", { detail: "A statement failed, so nothing was committed." });
  }
}

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
