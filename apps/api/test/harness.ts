import type { Accept, AllowList, Store } from "@wend/core";
import { createAccept, createApiKey, inWorkspace } from "@wend/core";
import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import { pino } from "pino";
import type { ApiServer, ServeOptions } from "../src/index.ts";
import { serveApi } from "../src/index.ts";

export const silent = pino({ level: "silent" });

export const acceptOn = (store: Store): Accept => createAccept({ store, queues: { wake: () => {} }, log: silent });

/** A server on a database of its own. */
export interface TestApi {
  readonly db: TestStore;
  readonly server: ApiServer;
  readonly url: string;
  /** An srv_ key that may send events. */
  readonly key: string;
  pubKey(allow: AllowList): Promise<string>;
  close(): Promise<void>;
}

export async function startTestApi(options: Partial<ServeOptions> = {}): Promise<TestApi> {
  const db = await createTestStore();
  const server = await serveApi({
    store: db.store,
    accept: acceptOn(db.store),
    log: silent,
    port: 0,
    host: "127.0.0.1",
    ...options,
  });
  const makeKey = async (input: Parameters<typeof createApiKey>[2]) =>
    (await createApiKey(db.store, db.workspace.id, input)).key;
  return {
    db,
    server,
    url: `http://127.0.0.1:${server.port}`,
    key: await makeKey({ kind: "srv", name: "test", scopes: ["ingest"] }),
    pubKey: (allow) =>
      makeKey({ kind: "pub", name: "test", scopes: ["ingest"], allow: allow as { events?: string[] } }),
    close: async () => {
      await server.close();
      await db.close();
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is looked at field by field
  readonly body: any;
}

export interface Sent {
  readonly headers?: Record<string, string>;
  readonly method?: string;
  readonly body?: string | Uint8Array | ReadableStream | object;
}

/** Sends a request; an object goes as JSON. */
export async function send(api: TestApi, path: string, { headers, method = "POST", body }: Sent = {}): Promise<Answer> {
  const plain =
    typeof body === "string" || body instanceof Uint8Array || body instanceof ReadableStream || body === undefined;
  const response = await fetch(api.url + path, {
    method,
    headers: { ...bearer(api.key), ...headers },
    body: plain ? (body as string) : JSON.stringify(body),
    ...(body instanceof ReadableStream && { duplex: "half" }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}

export const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
export const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` });

export function query<Row extends object>({ db }: TestApi, sql: string): Promise<Row[]> {
  return inWorkspace(db.store, db.workspace.id, (tx) => tx.rows<Row>(sql));
}

/** Rows of every table that the workspace can see. */
export async function countRows(api: TestApi): Promise<Record<string, number>> {
  const tables = await query<{ name: string }>(
    api,
    `select tablename as name from pg_tables
     where schemaname = 'public' and has_table_privilege(quote_ident(tablename), 'select') order by 1`,
  );
  const counts = tables.map(({ name }) => `select '${name}' as name, count(*)::integer as rows from "${name}"`);
  const rows = await query<{ name: string; rows: number }>(api, counts.join(" union all "));
  return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]));
}
