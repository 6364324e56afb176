import type { QueryConfig } from "pg";
import { pino } from "pino";
import type { Accept, IngestCall } from "../../src/accept/accept.ts";
import type { AcceptOptions } from "../../src/accept/create-accept.ts";
import { createAccept } from "../../src/accept/create-accept.ts";
import type { Store } from "../../src/store/connect.ts";
import { codeOf } from "../../src/store/failures.ts";
import { asOwner } from "../../src/store/owner.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import type { TestStore } from "../../src/testing/index.ts";
import type { Credential } from "../../src/workspaces/credential.ts";
import type { Workspace } from "../../src/workspaces/workspace.ts";

const silent = pino({ level: "silent" });

export interface Wakes {
  wake(workspaceId: number, shards: readonly number[]): void;
  readonly seen: { workspaceId: number; shards: readonly number[] }[];
}

/** Remembers what it was told. */
export function recordWakes(): Wakes {
  const seen: Wakes["seen"] = [];
  return { seen, wake: (workspaceId, shards) => void seen.push({ workspaceId, shards }) };
}

export function acceptOn(store: Store, options: Partial<AcceptOptions> = {}): Accept {
  return createAccept({ store, queues: recordWakes(), log: silent, ...options });
}

export function serverKey(workspace: Workspace): Credential {
  return {
    workspaceId: workspace.id,
    shards: workspace.shards,
    keyId: "k",
    kind: "srv",
    scopes: ["ingest"],
    allow: {},
  };
}

export function call(kind: IngestCall["kind"], body: unknown): IngestCall {
  return { kind, body: new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)) };
}

export interface EventRow {
  profile_id: string;
  name: string;
  kind: string;
  message_id: string;
  id: string;
  received_at: number;
  occurred_at: number;
  payload: { properties?: unknown; traits?: unknown; context?: unknown };
}

type Db = Pick<TestStore, "store" | "url" | "workspace">;

/** Reads what the workspace can see: the owner of the tables is bound by row-level security too. */
export function query<Row extends object>(db: Db, sql: string, values?: unknown[]): Promise<Row[]> {
  return inWorkspace(db.store, db.workspace.id, (tx) => tx.rows<Row>(sql, values));
}

export const eventsOf = (db: Db) => query<EventRow>(db, "select * from events order by received_at, id");

/** Empties everything that accept writes. */
export async function clear(db: Db): Promise<void> {
  const tables = "events, inbox, message_ids, profiles, identities, consents, consent_changes";
  await asOwner(db.url, (client) => client.query(`truncate ${tables}`));
}

/** Rows of every table: equal before and after whatever must change nothing. */
export async function countRows(db: Db): Promise<Record<string, number>> {
  const tables = await query<{ name: string }>(
    db,
    `select tablename as name from pg_tables
     where schemaname = 'public' and has_table_privilege(quote_ident(tablename), 'select') order by 1`,
  );
  const counts = tables.map(({ name }) => `select '${name}' as name, count(*)::integer as rows from "${name}"`);
  const rows = await query<{ name: string; rows: number }>(db, counts.join(" union all "));
  return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]));
}

export interface WatchedStore {
  readonly store: Store;
  /** Every statement that was sent for a workspace. */
  readonly sent: string[];
  /** SQLSTATE of every statement that failed. */
  readonly faults: (string | undefined)[];
}

/** The store, with everything written down that it sends for a workspace. */
export function watchStatements(store: Store): WatchedStore {
  const sent: string[] = [];
  const faults: (string | undefined)[] = [];
  const connect = async () => {
    const client = await store.app.connect();
    return {
      query: (statement: string | QueryConfig, values?: unknown[]) => {
        sent.push(typeof statement === "string" ? statement : statement.text);
        return client.query(statement, values).catch((error: unknown) => {
          faults.push(codeOf(error));
          throw error;
        });
      },
      release: (error?: Error) => client.release(error),
    };
  };
  const app = { value: Object.create(store.app, { connect: { value: connect } }) };
  return { store: Object.create(store, { app }), sent, faults };
}
