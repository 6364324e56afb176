import type { Plugin, Polled, Receipt } from "@wend/plugin";
import { defineAction, definePlugin } from "@wend/plugin";
import pg from "pg";
import { pino } from "pino";
import { z } from "zod";
import { createConnections } from "../../src/connections/connections.ts";
import { createConnection } from "../../src/connections/create-connection.ts";
import { findConnection } from "../../src/connections/find-connection.ts";
import type { PluginRegistry } from "../../src/connections/plugin-registry.ts";
import { createPluginRegistry } from "../../src/connections/plugin-registry.ts";
import { createSecretBox } from "../../src/connections/secret-box.ts";
import { createOutbound } from "../../src/outbound/outbound.ts";
import { findDuePolls, findUnaskedPolls } from "../../src/poll/find-due-polls.ts";
import { pollConnection } from "../../src/poll/poll-connection.ts";
import type { PollError, PollRuntime } from "../../src/poll/runtime.ts";
import type { StoreFacts } from "../../src/receipt/store-facts.ts";
import { createStoreFacts } from "../../src/receipt/store-facts.ts";
import type { Tx } from "../../src/store/transaction.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import { createSuppressionList } from "../../src/suppressions/suppression-list.ts";
import { createTestStore } from "../../src/testing/index.ts";
import { createWorkspace } from "../../src/workspaces/workspace.ts";

export type Poll = (cursor: string | null, signal: AbortSignal) => Promise<Polled>;

export const everyMs = 60_000;

/** What a provider would say; the id is what the test looks for. */
const receipt = (id: string): Receipt => ({ kind: "opened", about: { providerId: "p" }, id, at: 1 });

export const found = (cursor: string, ids: string[] = [], more = false): Polled => ({
  cursor,
  more,
  receipts: ids.map(receipt),
});

interface PollRow {
  readonly cursor: string | null;
  readonly due_at: number;
  readonly claim: number;
  readonly error: PollError | null;
}

/** Connections of a provider that the test speaks for, in a workspace of their own for each call of `begin`. */
export async function createPollWorld() {
  const db = await createTestStore({ now: "2026-03-01T00:00:00Z" });
  const script: { poll: Poll } = { poll: async () => found("end") };
  const secrets = createSecretBox(undefined);
  const log = pino({ level: "silent" });
  const registryOf = (polls: boolean) => createPluginRegistry([scriptedPlugin(script, polls)]);
  const plugins = registryOf(true);
  const hooks = { beforeCommit: async (_tx: Tx): Promise<void> => {} };
  // What is told becomes rows of a table that nobody else writes to here.
  const storeFacts: StoreFacts = ({ workspaceId, connectionId }, { receipts = [] }, also) =>
    inWorkspace(db.store, workspaceId, async (tx) => {
      for (const { id } of receipts) {
        await tx.run(
          `insert into connection_state (workspace_id, connection_id, key, value, updated_at)
           values ($1, $2, $3, '', to_timestamp(0)) on conflict do nothing`,
          [tx.workspaceId, connectionId, id],
        );
      }
      await also?.(tx);
      await hooks.beforeCommit(tx);
    });
  const openOf = (registry: PluginRegistry) =>
    createConnections({
      store: db.store,
      plugins: registry,
      secrets,
      outbound: createOutbound([]),
      publicUrl: () => "https://wend.test",
      log,
      now: db.clock.now,
    });
  /** Each has its own open connections, as another process has. */
  const createRuntime = (registry = plugins): PollRuntime => ({
    store: db.store,
    plugins: registry,
    connections: openOf(registry),
    log,
    storeFacts,
    random: () => 0,
  });
  const runtime = createRuntime();
  let workspaces = 0;

  const begin = async () => {
    const slug = `polled-${++workspaces}`;
    const { id: workspaceId } = await createWorkspace(db.store, { slug, name: slug });
    const inTest = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(db.store, workspaceId, work);
    const { id: connectionId } = await inTest((tx) =>
      createConnection(tx, { plugins, secrets }, { key: "polled", plugin: "scripted", config: {} }),
    );
    const findDue = async ({ plugins: registry }: PollRuntime, channels: "all" | string[] = "all") =>
      (
        await Promise.all(
          [findUnaskedPolls, findDuePolls].map((find) => find(db.store, { plugins: registry, channels, limit: 100 })),
        )
      )
        .flat()
        .filter((due) => due.connectionId === connectionId);
    return {
      workspaceId,
      connectionId,
      findDue,
      /** One look and what comes of it; tells whether the connection was due. */
      poll: async (on = runtime, stop = new AbortController().signal) => {
        const due = await findDue(on);
        for (const one of due) await pollConnection(on, one, stop);
        return due.length === 1;
      },
      row: async (): Promise<PollRow | undefined> =>
        (
          await inTest((tx) =>
            tx.rows<PollRow>("select cursor, due_at, claim, error from polls where workspace_id = $1", [workspaceId]),
          )
        )[0],
      events: () =>
        inTest((tx) => tx.rows<{ name: string }>("select name from events where workspace_id = $1", [workspaceId])),
      lostFacts: async () => (await inTest((tx) => findConnection(tx, connectionId)))?.lostFacts,
      stored: async () =>
        (
          await inTest((tx) =>
            tx.rows<{ key: string }>("select key from connection_state where workspace_id = $1 order by key", [
              workspaceId,
            ]),
          )
        ).map(({ key }) => key),
    };
  };
  return {
    ...db,
    script,
    hooks,
    runtime,
    createRuntime,
    begin,
    /** One that stores what is told as every process does. */
    createWhole: (): PollRuntime => {
      const connections = openOf(plugins);
      const suppressions = createSuppressionList(secrets);
      const queues = { wake: () => {} };
      return {
        ...createRuntime(),
        connections,
        storeFacts: createStoreFacts({ store: db.store, queues, suppressions, connections, log }),
      };
    },
    /** The same plugin before it learnt to poll. */
    withoutPoll: () => createRuntime(registryOf(false)),
    /** Ends the server's side of a transaction, as a crash of the database or a lost network does. */
    kill: async (tx: Tx) => {
      const [backend] = await tx.rows<{ pid: number }>("select pg_backend_pid() as pid");
      const owner = new pg.Client({ connectionString: db.url });
      await owner.connect();
      await owner.query("select pg_terminate_backend($1)", [backend!.pid]);
      await owner.end();
    },
  };
}

export type PollWorld = Awaited<ReturnType<typeof createPollWorld>>;

function scriptedPlugin(script: { poll: Poll }, polls: boolean): Plugin {
  return definePlugin(
    {
      id: "scripted",
      version: "1.0.0",
      contract: 1,
      config: z.object({}),
      signals: { "Ticket Solved": { title: "A ticket was solved.", data: z.object({ number: z.int() }) } },
      ...(polls && { poll: { everyMs } }),
      actions: {
        send: defineAction({
          title: "Does nothing.",
          input: z.object({}),
          output: z.object({}),
          channel: "crm",
          purpose: "transactional",
          dedupe: { by: "natural" },
        }),
      },
    },
    async () => ({
      actions: { send: async () => ({ output: {} }) },
      ...(polls && { poll: (cursor, signal) => script.poll(cursor, signal) as never }),
    }),
  ) as unknown as Plugin;
}
