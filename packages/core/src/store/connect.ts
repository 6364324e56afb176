import pg from "pg";
import type { Clock } from "../clock.ts";
import { databaseClock } from "../clock.ts";
import { TickSocket } from "./tick-socket.ts";
import { storeTypes } from "./types.ts";

/** Two pools on one database: `app` sees one workspace at a time, `router` sees only routing columns, of all of them. */
export interface Store {
  readonly app: pg.Pool;
  readonly router: pg.Pool;
  readonly clock: Clock;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly url: string;
  /** Most connections of the `app` pool. */
  readonly max?: number;
  /** Defaults to the database's clock. */
  readonly clock?: Clock;
  readonly applicationName?: string;
}

/** Opens both pools; no connection is made before the first query. */
export function connectStore(options: StoreOptions): Store {
  const app = pool(options, "wend_app", options.max ?? 10);
  const router = pool(options, "wend_router", 2);
  return {
    app,
    router,
    clock: options.clock ?? databaseClock,
    close: async () => {
      await Promise.all([app.end(), router.end()]);
    },
  };
}

function pool(options: StoreOptions, role: "wend_app" | "wend_router", max: number): pg.Pool {
  const created = new pg.Pool({
    connectionString: options.url,
    application_name: options.applicationName ?? "wend",
    max,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // Statements sent together travel together: half the time and less than half the CPU of one after the other.
    pipeline: true,
    stream: () => new TickSocket(),
    connectionTimeoutMillis: 5_000,
    query_timeout: 35_000,
    types: storeTypes,
    // The role drops whatever the login may do beyond it. A process stopped inside a transaction must not keep
    // its shard: the server ends idle transactions. What is planned for all values at once, on young
    // tables, is 4 to 10 times slower; `inBusyWorkspace` knows when it is not.
    options: [
      `role=${role}`,
      "timezone=UTC",
      "datestyle=ISO",
      "plan_cache_mode=force_custom_plan",
      "idle_in_transaction_session_timeout=10000",
      "lock_timeout=5000",
      "statement_timeout=30000",
      "jit=off",
      // Every statement finds its rows by key. Of a table without statistics the planner believes that a workspace
      // has a 200th of it, and would rather read all of that once, or once per row, than probe an index: right for
      // the table of that moment, a hundred times slower a minute later. So a probe costs little and a row much.
      "enable_seqscan=off",
      "enable_hashjoin=off",
      "enable_mergejoin=off",
      "enable_material=off",
      "random_page_cost=0.1",
      "cpu_tuple_cost=1",
    ]
      .map((setting) => `-c ${setting}`)
      .join(" "),
  });
  // An error on an idle client, or between two queries, must not end the process; the next query reports it.
  created.on("error", () => {});
  created.on("connect", (client) => {
    client.on("error", () => {});
  });
  return created;
}
