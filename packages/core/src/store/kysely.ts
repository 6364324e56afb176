import type { DatabaseConnection, Dialect, Driver, RawBuilder } from "kysely";
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from "kysely";
import type { Database } from "./schema.ts";
import type { Tx } from "./transaction.ts";

/** Queries of the read side inside one transaction of one workspace: kysely builds them, the transaction runs them. */
export function kyselyOn(tx: Tx): Kysely<Database> {
  return new Kysely<Database>({ dialect: dialectOn(tx) });
}

/** An instant to compare a column with. */
export const instantAt = (ms: number): RawBuilder<number> => sql<number>`${new Date(ms).toISOString()}::timestamptz`;

function dialectOn(tx: Tx): Dialect {
  const connection = connectionOn(tx);
  return {
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createDriver: () => driverOf(connection),
  };
}

function connectionOn(tx: Tx): DatabaseConnection {
  return {
    executeQuery: async <R>({ sql: text, parameters }: { sql: string; parameters: readonly unknown[] }) => ({
      rows: (await tx.rows(text, [...parameters])) as R[],
    }),
    streamQuery: () => {
      throw new Error("a transaction's rows are read at once");
    },
  };
}

// The transaction is begun and ended by `inWorkspace` alone.
function driverOf(connection: DatabaseConnection): Driver {
  const refuse = () => Promise.reject(new Error("inWorkspace is the transaction"));
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
    destroy: async () => {},
  };
}
