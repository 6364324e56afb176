import { randomBytes } from "node:crypto";
import type { DeliveryOutcome, JourneyDefinition } from "@wend/journey";
import type { Plugin } from "@wend/plugin";
import { defineManifest, definePlugin } from "@wend/plugin";
import pino from "pino";
import { z } from "zod";
import { createAccept } from "../../src/accept/create-accept.ts";
import { advanceShard } from "../../src/advance/advance-shard.ts";
import type { ManualClock } from "../../src/clock.ts";
import { createConnection } from "../../src/connections/create-connection.ts";
import { loadCatalog } from "../../src/connections/load-catalog.ts";
import { createPluginRegistry } from "../../src/connections/plugin-registry.ts";
import { createSecretBox } from "../../src/connections/secret-box.ts";
import { uuidv7 } from "../../src/ids.ts";
import { createJourney } from "../../src/journeys/create-journey.ts";
import { publishJourney } from "../../src/journeys/publish-journey.ts";
import { updateDraft } from "../../src/journeys/update-draft.ts";
import { createVersionCache } from "../../src/journeys/version-cache.ts";
import type { Runtime } from "../../src/runtime.ts";
import type { Tx } from "../../src/store/transaction.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import { createSuppressionList } from "../../src/suppressions/suppression-list.ts";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";

/** A journey without its name and zone, which no test here is about. */
export type Body = Omit<JourneyDefinition, "name" | "timeZone">;

const mail: Plugin = definePlugin(
  defineManifest({
    id: "mail",
    version: "1.0.0",
    contract: 1,
    config: z.object({}),
    actions: {
      send: {
        title: "Sends a mail.",
        input: z.object({ subject: z.string() }),
        output: z.object({}),
        channel: "email",
        purpose: "promotional",
        address: "email",
        dedupe: { by: "natural" },
        templates: { subject: "text" },
      },
      ask: {
        title: "Asks for something.",
        input: z.object({}),
        output: z.object({ open: z.number() }),
        channel: "desk",
        purpose: "transactional",
        dedupe: { by: "natural" },
        keepsOutput: true,
      },
    },
  }),
  async () => ({
    actions: { send: async () => ({ output: {} }), ask: async () => ({ output: { open: 0 } }) },
  }),
);

/** The engine on a real database and a clock moved by hand; wakes are given by `advance()`, deliveries are only noted. */
export const createWorld = async () => createWorldOn(await createTestStore({ now: "2026-01-01T00:00:00Z", shards: 1 }));

/** The same on the database's clock. */
export const createWorldInRealTime = async () => createWorldOn(await createTestStore({ shards: 1 }));

async function createWorldOn<C extends ManualClock | undefined>(test: TestStore<C>) {
  const { store, workspace, clock } = test;
  const log = pino({ level: "silent" });
  const plugins = createPluginRegistry([mail]);
  const dispatched: string[] = [];
  const runtime = {
    store,
    plugins,
    versions: createVersionCache(plugins),
    suppressions: createSuppressionList(createSecretBox(randomBytes(32))),
    log,
    queues: { wake: () => {}, dispatch: async (_target: unknown, ids: string[]) => void dispatched.push(...ids) },
  } as unknown as Runtime;
  const accept = createAccept({ store, queues: { wake: () => {} }, log });
  const tx = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(store, workspace.id, work);
  await tx((t) =>
    createConnection(t, { plugins, secrets: createSecretBox(undefined) }, { key: "news", plugin: "mail", config: {} }),
  );

  const rows = <Row extends object>(text: string, values: unknown[] = []) =>
    tx((t) => t.rows<Row & { [column: string]: unknown }>(text, values));

  return {
    store,
    url: test.url,
    workspace,
    clock,
    runtime,
    accept,
    dispatched,
    rows,
    close: () => test.close(),
    /** Publishes a journey; the same key again publishes its next version. */
    publish: (key: string, body: Body) =>
      tx(async (t) => {
        const definition = { name: key, timeZone: "UTC", ...body };
        const { catalog } = await loadCatalog(t, plugins);
        const [known] = await t.rows<{ id: string }>("select id from journeys where key = $1", [key]);
        const journeyId = known
          ? (await updateDraft(t, { journeyId: known.id, definition, catalog, actor: "test" })).id
          : (await createJourney(t, { key, definition, catalog, actor: "test" })).id;
        return publishJourney(t, { journey: journeyId, catalog, actor: "test" });
      }),
    tx,
    track: (userId: string, name: string, properties: Record<string, string | number> = {}) =>
      accept.events(workspace.id, [{ kind: "track", name, userId, properties }]),
    identify: (userId: string, traits: Record<string, string | number | boolean>) =>
      accept.events(workspace.id, [{ kind: "identify", name: "$identify", userId, traits }]),
    consent: (userId: string, state: "granted" | "revoked" = "granted") =>
      accept.consent(workspace.id, [{ userId, channel: "email", purpose: "promotional", state, source: "test" }]),
    advance: () => advanceShard(runtime, { workspaceId: workspace.id, shard: 0 }),
    /** What deliver would write when a run waits for what became of a delivery. */
    outcome: (runId: string, seq: number, outcome: DeliveryOutcome) =>
      tx((t) =>
        t.run(
          `insert into inbox (workspace_id, shard, received_at, id, profile_id, kind, run_id, detail)
           select $1, 0, to_timestamp($2 / 1000e0), $3, profile_id, 'outcome', id, $4 from runs where id = $5`,
          [workspace.id, t.now, uuidv7(), JSON.stringify({ seq, outcome }), runId],
        ),
      ),
    runs: () =>
      rows<RunRow>(
        `select r.id, j.key, r.version, r.entry_key, r.status, r.node_id, r.ended_by, r.outcome, r.wake_at, r.error, r.held
         from runs r join journeys j on j.id = r.journey_id order by r.started_at, r.id`,
      ),
    /** The nodes a run visited with the branch it took: `["wait:timeout", "done:silent"]`. */
    path: async (runId: string) =>
      (
        await rows<{ node_id: string; outcome: string }>(
          "select node_id, outcome from steps where run_id = $1 order by seq",
          [runId],
        )
      ).map((step) => `${step.node_id}:${step.outcome}`),
    deliveries: () =>
      rows<{ state: string; reason: string | null; node_id: string }>(
        "select state, reason, node_id from deliveries order by planned_at, id",
      ),
    refusals: () => rows<{ reason: string }>("select reason from refused_entries order by at, event_id"),
    count: async (table: string) => (await rows<{ n: number }>(`select count(*) as n from ${table}`))[0]!.n,
  };
}

export interface RunRow {
  id: string;
  key: string;
  version: number;
  entry_key: string;
  status: string;
  node_id: string;
  ended_by: string | null;
  outcome: string | null;
  wake_at: number | null;
  error: { code: string } | null;
  held: unknown[] | null;
}

export type World = Awaited<ReturnType<typeof createWorld>>;

/** Signed Up -> wait for Activated for three days -> end. */
export const onboarding: Body = {
  triggers: [{ type: "event", event: "Signed Up" }],
  entry: { reentry: "afterExit" },
  start: "wait",
  nodes: {
    wait: {
      type: "waitForEvent",
      branches: [{ event: "Activated", next: "active" }],
      timeout: { after: "PT72H", next: "silent" },
    },
    active: { type: "end", outcome: "active" },
    silent: { type: "end", outcome: "silent" },
  },
};
