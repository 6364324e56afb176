import { defineAction, definePlugin } from "@wend/plugin";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { beginImport } from "../../src/accept/import/begin-import.ts";
import { importBatch } from "../../src/accept/import/import-batch.ts";
import type { ManualClock } from "../../src/clock.ts";
import { databaseClock } from "../../src/clock.ts";
import { createConnection } from "../../src/connections/create-connection.ts";
import { createPluginRegistry } from "../../src/connections/plugin-registry.ts";
import { createSecretBox } from "../../src/connections/secret-box.ts";
import { shardOf } from "../../src/ids.ts";
import { assertReplayable } from "../../src/replay/assert-replayable.ts";
import { replayImport } from "../../src/replay/replay-import.ts";
import { asOwner } from "../../src/store/owner.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import { query, recordWakes, watchStatements } from "../accept/harness.ts";

let db: TestStore<ManualClock>;
beforeAll(async () => {
  db = await createTestStore({ now: "1998-09-01T00:00:00Z" });
});
afterAll(() => db.close());
beforeEach(async () => {
  const tables = "imports, events, message_ids, profiles, identities, inbox, connections";
  await asOwner(db.url, (client) => client.query(`truncate ${tables}`));
  db.clock.set(Date.UTC(1998, 8, 1));
});

const send = defineAction({
  title: "Sends.",
  input: z.object({}),
  output: z.object({}),
  channel: "email",
  purpose: "promotional",
  dedupe: { by: "natural" },
});

const pluginOf = (id: string, more: { recording?: boolean } = {}) =>
  definePlugin({ id, version: "1.0.0", contract: 1, config: z.object({}), actions: { send }, ...more }, async () => ({
    actions: { send: async () => ({ output: {} }) },
  }));

const recorder = pluginOf("recorder", { recording: true });
const mail = pluginOf("mail");

function runtimeOf(plugins = [recorder, mail]) {
  const queues = recordWakes();
  const runtime = {
    store: db.store,
    plugins: createPluginRegistry(plugins),
    queues: queues as never,
    log: pino({ level: "silent" }),
  };
  return { runtime, woken: queues.seen };
}

const connect = (plugin: string) =>
  inWorkspace(db.store, db.workspace.id, (tx) => {
    const setup = { plugins: createPluginRegistry([recorder, mail]), secrets: createSecretBox(undefined) };
    return createConnection(tx, setup, { key: plugin, plugin, config: {} });
  });

async function importOrders(id: string, days: readonly number[], last = true): Promise<void> {
  await beginImport(db.store, db.workspace, { id, fileHash: id, map: "m" });
  const items = days.map((day, n) => ({
    kind: "track" as const,
    name: "Order Completed",
    userId: `u${n % 3}`,
    messageId: `${id}:${n}`,
    receivedAt: Date.UTC(1997, 0, day),
    occurredAt: Date.UTC(1997, 0, day),
  }));
  await importBatch(db.store, db.workspace, {
    importId: id,
    items,
    from: { line: 0, rejected: 0 },
    to: { line: days.length, rejected: 0 },
    last,
  });
}

const replay = (id: string, plugins?: Parameters<typeof runtimeOf>[0]) =>
  replayImport(runtimeOf(plugins).runtime, db.workspace, id);
const inbox = () =>
  query<{ id: string; shard: number; profile_id: string }>(db, "select * from inbox order by received_at, id");

const refused = (detail: string) => ({ code: "import.replay_refused", detail: expect.stringContaining(detail) });

describe("a replay", () => {
  it("queues the import's events at their own places and wakes the shards", async () => {
    await connect("recorder");
    await importOrders("aa", [5, 1, 9, 3]);
    await importOrders("aabb", [2]);
    const { runtime, woken } = runtimeOf();
    expect(await replayImport(runtime, db.workspace, "aa")).toEqual({ events: 4 });
    const rows = await inbox();
    const events = await query(
      db,
      "select id, received_at, profile_id, name from events where message_id like 'aa:%' order by 2, 1",
    );
    expect(rows).toEqual(events.map((event) => expect.objectContaining({ ...event, kind: "event", run_id: null })));
    for (const row of rows) expect(row.shard).toBe(shardOf(row.profile_id, db.workspace.shards));
    expect(woken).toEqual([
      { workspaceId: db.workspace.id, shards: Array.from({ length: db.workspace.shards }, (_, n) => n) },
    ]);
  });

  it("happens once per import, and only of a finished one", async () => {
    await importOrders("aa", [1, 2]);
    await replay("aa");
    await expect(replay("aa")).rejects.toMatchObject(refused("replayed before"));
    await importOrders("bb", [1, 2], false);
    await expect(replay("bb")).rejects.toMatchObject(refused("not finished"));
    await expect(replay("cc")).rejects.toMatchObject(refused("no import cc"));
    expect(await inbox()).toHaveLength(2);
  });

  it("is refused while a connection reaches people, or nobody knows whether it does", async () => {
    await connect("recorder");
    await importOrders("aa", [1]);
    await connect("mail");
    await expect(replay("aa")).rejects.toMatchObject(refused("mail (mail)"));
    await expect(replay("aa", [mail])).rejects.toMatchObject(refused("mail (mail), recorder (recorder)"));
    await expect(assertReplayable(runtimeOf().runtime, db.workspace.id)).rejects.toMatchObject(refused("mail (mail)"));
    expect(await inbox()).toEqual([]);
    await query(db, "delete from connections where plugin = 'mail'");
    expect(await replay("aa")).toEqual({ events: 1 });
  });

  it("is refused on the database's clock", async () => {
    await importOrders("aa", [1]);
    const { runtime } = runtimeOf();
    const live = { ...runtime, store: { ...db.store, clock: databaseClock } };
    await expect(replayImport(live, db.workspace, "aa")).rejects.toMatchObject(refused("the database's clock"));
    await expect(assertReplayable(live, db.workspace.id)).rejects.toMatchObject(refused("the database's clock"));
    expect(await inbox()).toEqual([]);
  });

  it("is refused before its last event has happened, and then leaves no trace", async () => {
    await importOrders("aa", [1, 20]);
    db.clock.set(Date.UTC(1997, 0, 10));
    await expect(replay("aa")).rejects.toMatchObject(refused("1997-01-20"));
    expect(await inbox()).toEqual([]);
    db.clock.set(Date.UTC(1997, 0, 20));
    expect(await replay("aa")).toEqual({ events: 2 });
  });

  it("costs as many statements for 500 events as for one", async () => {
    const { store, sent } = watchStatements(db.store);
    const { runtime } = runtimeOf();
    const count = async (id: string) => {
      await replayImport({ ...runtime, store }, db.workspace, id);
      return sent.splice(0).length;
    };
    await importOrders("aa", [1]);
    await importOrders(
      "bb",
      Array.from({ length: 500 }, (_, n) => 1 + (n % 28)),
    );
    expect(await count("bb")).toBe(await count("aa"));
    expect(await inbox()).toHaveLength(501);
  });
});
