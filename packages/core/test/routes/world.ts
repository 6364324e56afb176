import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { JsonObject } from "@wend/journey";
import type { Plugin } from "@wend/plugin";
import { defineAction, definePlugin, findHttpError, toFetchError } from "@wend/plugin";
import { pino } from "pino";
import { z } from "zod";
import { createAccept } from "../../src/accept/create-accept.ts";
import { advanceShard } from "../../src/advance/advance-shard.ts";
import { createConnections } from "../../src/connections/connections.ts";
import type { NewConnection } from "../../src/connections/create-connection.ts";
import { createConnection } from "../../src/connections/create-connection.ts";
import { loadCatalog } from "../../src/connections/load-catalog.ts";
import { createPluginRegistry } from "../../src/connections/plugin-registry.ts";
import { createSecretBox } from "../../src/connections/secret-box.ts";
import { deliverBatch } from "../../src/deliver/deliver-batch.ts";
import { loadDelivery } from "../../src/deliveries/load-delivery.ts";
import { createJourney } from "../../src/journeys/create-journey.ts";
import { publishJourney } from "../../src/journeys/publish-journey.ts";
import { updateDraft } from "../../src/journeys/update-draft.ts";
import { createVersionCache } from "../../src/journeys/version-cache.ts";
import { createOutbound } from "../../src/outbound/outbound.ts";
import type { DeliveryTarget, Queues } from "../../src/queue/queues.ts";
import type { NewRoute } from "../../src/routes/create-route.ts";
import { createRoute } from "../../src/routes/create-route.ts";
import type { Runtime } from "../../src/runtime.ts";
import type { Tx } from "../../src/store/transaction.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import { createSuppressionList } from "../../src/suppressions/suppression-list.ts";
import type { ManualClock, TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import type { SinkRequest } from "../outbound/http-sink.ts";
import { startSink } from "../outbound/http-sink.ts";

const send = defineAction({
  title: "Posts a text.",
  input: z.object({ text: z.string() }),
  output: z.object({}),
  channel: "post",
  purpose: "transactional",
  dedupe: { by: "key", windowMs: 86_400_000 },
  templates: { text: "text" },
});

/** Posts to its sink, and says of a failure what HTTP says of it. */
const sinkPlugin = definePlugin(
  { id: "sink", version: "1.0.0", contract: 1, config: z.object({ url: z.url() }), actions: { send } },
  async ({ url }, host) => ({
    actions: {
      send: async ({ input, idempotencyKey, signal }) => {
        const headers = { "idempotency-key": idempotencyKey };
        const init = { method: "POST", headers, body: input.text, signal } as const;
        const response = await host.fetch(url, init).catch((error: unknown) => {
          throw toFetchError(error);
        });
        const fault = findHttpError(response, host.now());
        if (fault) throw fault;
        return { output: {} };
      },
    },
  }),
) as unknown as Plugin;

/** A provider on a port of its own: a test says how it answers, and what it took is counted by key. */
async function startProvider() {
  const took: string[] = [];
  const asked: string[] = [];
  const provider = {
    took,
    asked,
    answer: "take" as "take" | "refuse" | "slow down" | "wait a second" | "break off" | "take and break off",
  };
  const answers: Record<typeof provider.answer, (key: string, response: ServerResponse) => void> = {
    take: (key, response) => {
      took.push(key);
      response.end("{}");
    },
    refuse: (_key, response) => response.writeHead(503).end(),
    "slow down": (_key, response) => response.writeHead(429, { "retry-after": "45" }).end(),
    "wait a second": (_key, response) => response.writeHead(429, { "retry-after": "1" }).end(),
    "break off": (_key, response) => response.destroy(),
    "take and break off": (key, response) => {
      took.push(key);
      response.destroy();
    },
  };
  const sink = await startSink(({ headers }: SinkRequest, response) => {
    const key = String(headers["idempotency-key"]);
    asked.push(key);
    answers[provider.answer](key, response);
  });
  return Object.assign(provider, { url: sink.url, close: sink.close });
}

export interface DeliveryNow {
  id: string;
  profile_id: string;
  key: string;
  connection: string;
  state: string;
  attempt: number;
  route_moves: number;
  due_at: number | null;
}

/** The engine and its deliveries on a real database, two real providers and a clock moved by hand. */
export async function createWorld() {
  const test = await createTestStore({ now: "2026-01-01T00:00:00Z", shards: 1 });
  const { clock } = test;
  const world = await createWorldOn(test);

  /** Delivers what is due now, by the connection it is planned on. */
  const deliverDue = async (by = world.worker) => {
    const found = await world.tx((t) =>
      t.rows<{ connection_id: string; ids: string[] }>(
        `select connection_id, array_agg(id::text) as ids from deliveries
         where workspace_id = $1 and due_at <= to_timestamp($2 / 1000e0) group by connection_id`,
        [t.workspaceId, clock.now()],
      ),
    );
    await Promise.all(found.map(({ connection_id, ids }) => by.deliver(connection_id, ids)));
    return found.length;
  };
  const nextDue = async () =>
    (await world.tx((t) => t.rows<{ at: number | null }>("select min(due_at) as at from deliveries")))[0]!.at;

  /** Moves the clock on until every delivery is settled, or for so long. */
  const deliverAll = async (forMs = Number.POSITIVE_INFINITY) => {
    const until = clock.now() + forMs;
    for (;;) {
      while ((await deliverDue()) > 0);
      const next = await nextDue();
      if (next === null || next > until) return;
      clock.set(Math.max(next, clock.now()));
    }
  };
  return { ...world, clock, deliverDue, deliverAll };
}

/** The same on the database's clock. */
export const createWorldInRealTime = async () => createWorldOn(await createTestStore({ shards: 1 }));

async function createWorldOn<C extends ManualClock | undefined>(test: TestStore<C>) {
  const { store, workspace } = test;
  const log = pino({ level: "silent" });
  const plugins = createPluginRegistry([sinkPlugin]);
  const secrets = createSecretBox(randomBytes(32));
  const providers = { first: await startProvider(), second: await startProvider() };
  const tx = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(store, workspace.id, work);
  const accept = createAccept({ store, queues: { wake: () => {} }, log });
  const connect = (key: string, url: string, more: Partial<NewConnection> = {}) =>
    tx((t) => createConnection(t, { plugins, secrets }, { key, plugin: "sink", config: { url }, ...more }));

  const dispatched: { connectionId: string; ids: readonly string[] }[] = [];
  const dispatch = async ({ connectionId }: DeliveryTarget, ids: readonly string[]) =>
    void dispatched.push({ connectionId, ids });

  // Each worker has a catalogue, open connections, lanes and breakers of its own.
  const createWorker = (queues: Pick<Queues, "wake" | "dispatch"> = { wake: () => {}, dispatch }) => {
    const runtime = {
      store,
      plugins,
      versions: createVersionCache(plugins),
      suppressions: createSuppressionList(secrets),
      connections: createConnections({
        store,
        plugins,
        secrets,
        outbound: createOutbound(["127.0.0.1"]),
        publicUrl: () => "https://wend.test",
        log,
        now: Date.now,
      }),
      queues,
      log,
      random: () => 0,
    } as unknown as Runtime;
    return {
      runtime,
      advance: () => advanceShard(runtime, { workspaceId: workspace.id, shard: 0 }),
      deliver: (connectionId: string, ids: readonly string[]) =>
        deliverBatch(runtime, { workspaceId: workspace.id, connectionId }, ids),
    };
  };
  const worker = createWorker();

  const track = async (count: number, from = 0) => {
    const ids = Array.from({ length: count }, (_, i) => `customer-${from + i}`);
    for (let at = 0; at < count; at += 1_000) {
      const calls = ids.slice(at, at + 1_000).map((userId) => ({ kind: "track" as const, name: "Ordered", userId }));
      await accept.events(workspace.id, calls);
    }
  };
  return {
    test,
    store,
    workspace,
    plugins,
    secrets,
    first: providers.first,
    second: providers.second,
    tx,
    connect,
    /** What the queues were asked to take; nothing comes of it. */
    dispatched,
    createWorker,
    worker,
    route: (input: NewRoute) => tx((t) => createRoute(t, plugins, input)),
    /** One post for every `Ordered`, through the connection or route of that key. */
    publish: (connection: string, input: JsonObject = { text: "Thanks" }, action = "send") =>
      tx(async (t) => {
        const { catalog } = await loadCatalog(t, plugins);
        const definition = {
          name: connection,
          timeZone: "UTC",
          triggers: [{ type: "event", event: "Ordered" }],
          entry: { reentry: "always" },
          start: "post",
          nodes: {
            post: { type: "send", connection, action, input, outcome: { policy: "continue" }, next: "done" },
            done: { type: "end", outcome: "done" },
          },
        };
        const [known] = await t.rows<{ id: string }>("select id from journeys where key = $1", ["orders"]);
        const journeyId = known
          ? (await updateDraft(t, { journeyId: known.id, definition, catalog, actor: "test" })).id
          : (await createJourney(t, { key: "orders", definition, catalog, actor: "test" })).id;
        return publishJourney(t, { journey: journeyId, catalog, actor: "test" });
      }),
    track,
    /** Customers `from` to `from + count` order something, and what follows is planned. */
    order: async (count: number, from = 0, by = worker) => {
      await track(count, from);
      while ((await by.advance()).rows > 0);
    },
    deliveries: () =>
      tx((t) =>
        t.rows<DeliveryNow>(
          `select d.id, d.profile_id, d.run_id || ':' || d.seq as key, c.key as connection, d.state, d.attempt,
             d.route_moves, d.due_at
           from deliveries d left join connections c on c.id = d.connection_id order by d.planned_at, d.id`,
        ),
      ),
    load: (id: string) => tx((t) => loadDelivery(t, id)),
    /** Until when the workers are told that it is down. */
    downUntil: async (key: string) =>
      (
        await tx((t) =>
          t.rows<{ down_until: number | null }>("select down_until from connections where key = $1", [key]),
        )
      )[0]!.down_until,
    close: async () => {
      await Promise.all([providers.first.close(), providers.second.close()]);
      await test.close();
    },
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;
