import { randomBytes } from "node:crypto";
import type { JourneyDefinition, JsonObject } from "@wend/journey";
import type { ActionCall, ActionItem, Dedupe, LookupResult, Plugin, Received, WebhookRequest } from "@wend/plugin";
import { definePlugin, receiptKinds, WendError } from "@wend/plugin";
import { pino } from "pino";
import { afterAll, afterEach } from "vitest";
import { z } from "zod";
import { createManualClock } from "../../src/clock.ts";
import { createConnections } from "../../src/connections/connections.ts";
import type { NewConnection } from "../../src/connections/create-connection.ts";
import { createConnection } from "../../src/connections/create-connection.ts";
import { createPluginRegistry } from "../../src/connections/plugin-registry.ts";
import { createSecretBox } from "../../src/connections/secret-box.ts";
import { deliverBatch } from "../../src/deliver/deliver-batch.ts";
import { uuidv7 } from "../../src/ids.ts";
import { createVersionCache } from "../../src/journeys/version-cache.ts";
import { createOutbound } from "../../src/outbound/outbound.ts";
import { createStoreFacts } from "../../src/receipt/store-facts.ts";
import type { Store } from "../../src/store/connect.ts";
import { connectStore } from "../../src/store/connect.ts";
import type { Tx } from "../../src/store/transaction.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import { createSuppressionList } from "../../src/suppressions/suppression-list.ts";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import { createWorkspace } from "../../src/workspaces/workspace.ts";

export type Call = ActionCall<{ text: string; fail?: string | undefined }>;
export type Item = ActionItem<Call["input"]>;
export type Handler = (call: Call) => Promise<unknown>;
export type Receive = (request: WebhookRequest) => Promise<Received>;
export type BatchHandler = (items: readonly Item[], signal: AbortSignal) => Promise<unknown>;
export type Lookup = (key: string) => Promise<LookupResult>;

/** A provider under the test's hand: what it answers is set per test, and every call is kept. */
export interface Provider {
  readonly calls: Call[];
  /** What came in batches, a list for each. */
  readonly batches: (readonly Item[])[];
  handle: Handler;
  /** Answers each delivery as its own call would, unless a test says otherwise. */
  handleBatch: BatchHandler;
  lookup: Lookup;
  receive: Receive;
}

export interface WorldOptions {
  /** A manual clock that starts here. */
  readonly now?: string;
  readonly dedupe?: Dedupe;
  readonly connection?: Partial<NewConnection>;
  readonly timeoutMs?: number;
  readonly keepsOutput?: true;
  readonly address?: "email" | "push";
  /** The action finds its customer by more than the address. */
  readonly byInput?: true;
  readonly purpose?: "promotional" | "transactional";
  /** The most deliveries that a call of `send` may carry. */
  readonly batch?: number;
}

const journey = {
  name: "Test",
  timeZone: "UTC",
  triggers: [{ type: "event", event: "Signed Up" }],
  exits: [{ name: "closed", event: "Account Closed" }],
  goal: { event: "Order Completed" },
  start: "done",
  nodes: { done: { type: "end", outcome: "done" } },
} satisfies JourneyDefinition;

let database: Promise<TestStore> | undefined;
let worlds = 0;
const open: Store[] = [];

afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
});
afterAll(async () => {
  await (await database)?.close();
});

/** A workspace of the file's database with a live journey and a connection of a scripted provider. */
export async function createWorld(options: WorldOptions = {}) {
  database ??= createTestStore();
  const clock = options.now === undefined ? undefined : createManualClock(options.now);
  const store = connectStore({ url: (await database).url, max: 6, ...(clock && { clock }) });
  open.push(store);
  const slug = `world-${++worlds}`;
  const { url } = await database;
  const db = { store, url, clock, workspace: await createWorkspace(store, { slug, name: slug }) };
  const provider: Provider = {
    calls: [],
    batches: [],
    handle: async () => ({ output: {} }),
    handleBatch: (items, signal) =>
      Promise.all(
        items.map(async (item) => {
          try {
            return await provider.handle({ ...item, signal });
          } catch (error) {
            return { error };
          }
        }),
      ),
    lookup: async () => ({ outcome: "unclear" }),
    receive: async () => {
      throw new WendError("webhook.refused");
    },
  };
  const plugins = createPluginRegistry([scriptedPlugin(provider, options)]);
  const secrets = createSecretBox(randomBytes(32));
  const warnings: object[] = [];
  const log = pino({ level: "warn" }, { write: (line) => warnings.push(JSON.parse(line)) });
  const outbound = createOutbound(["127.0.0.1"]);
  const woken: number[] = [];
  const dispatched: string[][] = [];
  const inTest = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(db.store, db.workspace.id, work);
  const connection = await inTest((tx) =>
    createConnection(tx, { plugins, secrets }, { key: "sink", plugin: "scripted", config: {}, ...options.connection }),
  );
  const journeyId = await inTest((tx) => insertJourney(tx, journey));
  const runtimeOf = () => {
    const publicUrl = () => "https://wend.test";
    const setup = { store: db.store, plugins, secrets, outbound, publicUrl, log, now: Date.now };
    const runtime = {
      store: db.store,
      connections: createConnections(setup),
      versions: createVersionCache(plugins),
      suppressions: createSuppressionList(secrets),
      queues: {
        wake: (_workspaceId: number, shards: readonly number[]) => void woken.push(...shards),
        dispatch: async (_target: unknown, ids: readonly string[]) => void dispatched.push([...ids]),
      },
      log,
      random: () => 0,
    };
    return { ...runtime, storeFacts: createStoreFacts(runtime) };
  };
  const target = { workspaceId: db.workspace.id, connectionId: connection.id };
  // Each worker has open connections, lanes and breakers of its own.
  const createWorker = () => {
    const runtime = runtimeOf();
    return (ids: readonly string[], signal?: AbortSignal) =>
      deliverBatch(runtime, { ...target, ...(signal && { signal }) }, ids);
  };
  return {
    ...db,
    provider,
    plugins,
    secrets,
    connection,
    journeyId,
    target,
    warnings,
    woken,
    dispatched,
    inTest,
    runtimeOf,
    createWorker,
    deliver: createWorker(),
    plan: (rows: number | readonly Planned[]) =>
      inTest((tx) =>
        insertDeliveries(tx, {
          connectionId: connection.id,
          journeyId,
          rows: typeof rows === "number" ? Array.from({ length: rows }, () => ({})) : rows,
        }),
      ),
    find: (ids: readonly string[]) => inTest((tx) => findDeliveries(tx, ids)),
    attempts: (id: string) =>
      inTest((tx) =>
        tx.rows<{ attempt: number; outcome: string; code: string | null }>(
          `select attempt, outcome, code from attempts where workspace_id = $1 and delivery_id = $2 order by attempt`,
          [tx.workspaceId, id],
        ),
      ),
    sql: (text: string, values: unknown[] = []) => inTest((tx) => tx.rows(text, [tx.workspaceId, ...values])),
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;

function scriptedPlugin(provider: Provider, options: WorldOptions): Plugin {
  const handleBatch: BatchHandler = (items, signal) => {
    provider.batches.push(items);
    return provider.handleBatch(items, signal);
  };
  const plugin = definePlugin(
    {
      id: "scripted",
      version: "1.0.0",
      contract: 1,
      config: z.object({}),
      events: receiptKinds,
      signals: {
        "Ticket Solved": { title: "A ticket was solved.", data: z.object({ number: z.int() }) },
        "Opted In": { title: "A customer wrote START.", data: z.object({}), resubscribes: true },
      },
      actions: {
        send: {
          title: "Calls the script.",
          input: z.object({ text: z.string().max(1_000), mjml: z.string().optional(), fail: z.string().optional() }),
          output: z.object({ receipt: z.string().optional() }),
          channel: options.address ?? "webhook",
          purpose: options.purpose ?? "transactional",
          ...(options.address && { address: options.address }),
          ...(options.address && !options.byInput && { addressOnly: true }),
          dedupe: options.dedupe ?? { by: "key", windowMs: 86_400_000 },
          templates: { text: "text", mjml: "mjml" },
          ...(options.batch && { batch: { size: options.batch } }),
          ...(options.keepsOutput && { keepsOutput: true }),
          ...(options.timeoutMs && { timeoutMs: options.timeoutMs }),
        },
        note: {
          title: "Calls the script, always alone.",
          input: z.object({ text: z.string() }),
          output: z.object({}),
          channel: options.address ?? "webhook",
          purpose: "transactional",
          dedupe: { by: "natural" },
        },
      },
    } as const,
    async () => ({
      actions: {
        send: async (call) => {
          provider.calls.push(call as Call);
          return (await provider.handle(call as Call)) as { output: object };
        },
        note: async (call) => {
          provider.calls.push(call as Call);
          await provider.handle(call as Call);
          return { output: {} };
        },
      },
      ...(options.batch && { batches: { send: handleBatch as never } }),
      lookup: (key) => provider.lookup(key),
      receive: (request) => provider.receive(request) as Promise<never>,
    }),
  );
  return plugin as unknown as Plugin;
}

export async function insertJourney(tx: Tx, definition: JourneyDefinition): Promise<string> {
  const id = uuidv7();
  await tx.run(
    `insert into journeys (workspace_id, id, key, name, status, draft, live_version, created_at, updated_at)
     values ($1, $2, $2::uuid::text, 'Test', 'live', $3, 1, to_timestamp($4 / 1000e0), to_timestamp($4 / 1000e0))`,
    [tx.workspaceId, id, JSON.stringify(definition), tx.now],
  );
  await tx.run(
    `insert into journey_versions (workspace_id, journey_id, version, definition, published_at, listens)
     values ($1, $2, 1, $3, to_timestamp($4 / 1000e0), $5)`,
    [tx.workspaceId, id, JSON.stringify(definition), tx.now, (definition.triggers ?? []).map(({ event }) => event)],
  );
  return id;
}

export interface Planned {
  readonly traits?: JsonObject;
  readonly input?: JsonObject;
  readonly address?: string | null;
  readonly awaited?: boolean;
  readonly channel?: string;
  readonly purpose?: string;
  readonly properties?: JsonObject;
  readonly journeyId?: string;
  readonly action?: string;
}

interface Plan {
  readonly connectionId: string;
  readonly journeyId: string;
  readonly rows: readonly Planned[];
}

/** Deliveries as advance leaves them, each with a profile, an entry event and an active run of its own. */
async function insertDeliveries(tx: Tx, { connectionId, journeyId, rows }: Plan): Promise<string[]> {
  const ids: string[] = [];
  for (const row of rows) {
    const [profileId, runId, eventId, id] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
    const at = tx.now / 1000;
    await tx.run(
      `insert into profiles (workspace_id, id, traits, created_at, updated_at)
       values ($1, $2, $3, to_timestamp($4), to_timestamp($4))`,
      [tx.workspaceId, profileId, JSON.stringify(row.traits ?? { name: "Ann" }), at],
    );
    await tx.run(
      `insert into events (workspace_id, profile_id, name, received_at, id, kind, occurred_at, message_id, payload)
       values ($1, $2, 'Signed Up', to_timestamp($4), $3, 'track', to_timestamp($4), $3::uuid::text, $5)`,
      [tx.workspaceId, profileId, eventId, at, JSON.stringify({ properties: row.properties ?? { plan: "pro" } })],
    );
    await tx.run(
      `insert into runs (workspace_id, id, journey_id, version, profile_id, entry_key, entry_name, entry_at, entry_id,
         status, node_id, since, seq, vars, started_at)
       values ($1, $2, $3, 1, $4, '', 'Signed Up', to_timestamp($6), $5, 'active', 'done', to_timestamp($6), 3,
         '{"order":"o-1"}', to_timestamp($6))`,
      [tx.workspaceId, runId, row.journeyId ?? journeyId, profileId, eventId, at],
    );
    await tx.run(
      `insert into deliveries (workspace_id, id, run_id, seq, journey_id, version, node_id, profile_id, connection_id,
         action, channel, purpose, address, input, state, checks, awaited, due_at, planned_at)
       values ($1, $2, $3, 2, $4, 1, 'n', $5, $6, $13, $7, $8, $9, $10, 'queued', '[]', $11,
         to_timestamp($12), to_timestamp($12))`,
      [
        tx.workspaceId,
        id,
        runId,
        row.journeyId ?? journeyId,
        profileId,
        connectionId,
        row.channel ?? "webhook",
        row.purpose ?? "transactional",
        row.address ?? null,
        JSON.stringify(row.input ?? { text: "Hi {{ profile.name }}" }),
        row.awaited ?? false,
        at,
        row.action ?? "send",
      ],
    );
    ids.push(id);
  }
  return ids;
}

export interface DeliveryNow {
  id: string;
  run_id: string;
  profile_id: string;
  state: string;
  reason: string | null;
  attempt: number;
  due_at: number | null;
  first_call_at: number | null;
  ambiguous: boolean;
  provider_id: string | null;
  error: { code: string; detail: string | null } | null;
  settled_at: number | null;
  receipt: string | null;
}

async function findDeliveries(tx: Tx, ids: readonly string[]): Promise<DeliveryNow[]> {
  const rows = await tx.rows<DeliveryNow>(
    `select id, run_id, profile_id, state, reason, attempt, due_at, first_call_at, ambiguous, provider_id, error, settled_at,
       receipt
     from deliveries where workspace_id = $1 and id = any($2::uuid[])`,
    [tx.workspaceId, ids],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id)!);
}
