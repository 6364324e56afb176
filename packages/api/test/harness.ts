import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Queues, Runtime, Workspace } from "@wend/core";
import {
  advanceShard,
  createAccept,
  createApiKey,
  createConnections,
  createCustomerTokens,
  createOutbound,
  createPluginRegistry,
  createSecretBox,
  createSuppressionList,
  createVersionCache,
  createWorkspace,
} from "@wend/core";
import type { ManualClock, TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import { pino } from "pino";
import type { ApiErrorShape } from "../src/index.ts";
import { appRouter, createContext } from "../src/index.ts";
import { mailPlugin } from "./mail-plugin.ts";

export const noon = Date.UTC(2026, 0, 1, 12);

/** The API on a database of its own, called with Request objects. */
export interface TestApi {
  readonly test: TestStore<ManualClock>;
  readonly runtime: Runtime;
  /** What was logged so far, a JSON line each. */
  readonly logged: string[];
  /** Shards that were woken so far, a list for each call. */
  readonly woken: (readonly number[])[];
  /** A srv_ key of the first workspace with all scopes. */
  readonly key: string;
  query<Data = unknown>(path: string, input?: unknown, key?: string): Promise<Answer<Data>>;
  mutate<Data = unknown>(path: string, input?: unknown, key?: string): Promise<Answer<Data>>;
  fetch(request: Request): Promise<Response>;
  /** A second tenant, with a key that may do everything there. */
  addTenant(slug: string): Promise<{ workspace: Workspace; key: string }>;
  /** Takes an event in Segment's shape and advances what it touches. */
  track(userId: string, event: string, more?: object): Promise<void>;
  identify(userId: string, traits: object): Promise<void>;
  advance(): Promise<void>;
  close(): Promise<void>;
}

/** One of both is there; each test says what it expects of it. */
export interface Answer<Data = unknown> {
  readonly status: number;
  readonly data: Data;
  readonly error: ApiErrorShape;
}

const base = "http://wend.test/trpc";

export async function startTestApi(): Promise<TestApi> {
  const test = await createTestStore({ now: noon, shards: 1 });
  const logged: string[] = [];
  const woken: (readonly number[])[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => void logged.push(line) });
  const runtime = createRuntime(test, log, woken);
  const { key } = await createApiKey(test.store, test.workspace.id, { kind: "srv", name: "all", scopes: ["*"] });

  const fetch = (req: Request) =>
    fetchRequestHandler({
      endpoint: "/trpc",
      req,
      router: appRouter,
      createContext: () => createContext(runtime, req),
    });
  const ask = async <Data>(request: Request): Promise<Answer<Data>> => {
    const response = await fetch(request);
    const body = (await response.json()) as { result?: { data: Data }; error: ApiErrorShape };
    return { status: response.status, data: body.result?.data as Data, error: body.error };
  };
  const advance = async () => {
    await advanceShard(runtime, { workspaceId: test.workspace.id, shard: 0 });
  };
  const ingest = async (kind: "track" | "identify", body: object) => {
    const credential = {
      workspaceId: test.workspace.id,
      shards: 1,
      keyId: "test",
      kind: "srv",
      scopes: ["ingest"],
      allow: {},
    } as const;
    await runtime.accept.ingest(credential, { kind, body: new TextEncoder().encode(JSON.stringify(body)) });
    await advance();
  };

  return {
    test,
    runtime,
    logged,
    woken,
    key,
    fetch,
    query: (path, input, by = key) => ask(queryRequest(path, input, by)),
    mutate: (path, input, by = key) => ask(mutation(path, input, by)),
    addTenant: async (slug) => {
      const workspace = await createWorkspace(test.store, { slug, name: slug, shards: 1 });
      const made = await createApiKey(test.store, workspace.id, { kind: "srv", name: "all", scopes: ["*"] });
      return { workspace, key: made.key };
    },
    track: (userId, event, more) => ingest("track", { userId, event, ...more }),
    identify: (userId, traits) => ingest("identify", { userId, traits }),
    advance,
    close: () => test.close(),
  };
}

export function queryRequest(path: string, input: unknown, key: string): Request {
  const search = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  return new Request(`${base}/${path}${search}`, { headers: { authorization: `Bearer ${key}` } });
}

export function mutation(path: string, input: unknown, key: string): Request {
  return new Request(`${base}/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(input),
  });
}

function createRuntime(test: TestStore<ManualClock>, log: Runtime["log"], woken: (readonly number[])[]): Runtime {
  const plugins = createPluginRegistry([mailPlugin]);
  const secrets = createSecretBox(new Uint8Array(32).fill(7));
  // Nobody listens: the tests advance by hand and look at deliveries before anybody calls a provider.
  const wake: Queues["wake"] = (_workspaceId, shards) => void woken.push(shards);
  const queues = { wake, wakeNow: () => {}, dispatch: async () => {} } as Partial<Queues> as Queues;
  return {
    store: test.store,
    queues,
    accept: createAccept({ store: test.store, queues, log }),
    plugins,
    versions: createVersionCache(plugins),
    connections: createConnections({
      store: test.store,
      plugins,
      secrets,
      outbound: createOutbound([]),
      publicUrl: () => "https://wend.test",
      log,
      now: test.clock.now,
    }),
    secrets,
    suppressions: createSuppressionList(secrets),
    customerTokens: createCustomerTokens(test.store, secrets),
    // No test of the API brings in what a provider says.
    storeFacts: () => Promise.reject(new Error("nothing brings in facts here")),
    allowPrivate: [],
    publicUrl: () => "https://wend.test",
    log,
    close: async () => {},
  };
}
