import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { HistoryItem } from "../../src/accept/import/history-item.ts";
import { importHistory } from "../../src/accept/import/import-history.ts";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import { acceptOn, call, clear, countRows, eventsOf, query, serverKey, watchStatements } from "./harness.ts";

let db: TestStore;
beforeAll(async () => {
  db = await createTestStore();
});
afterAll(() => db.close());
beforeEach(() => clear(db));

const day = 86_400_000;
const start = Date.UTC(1997, 0, 1);

const order = (user: string, n: number, more: Partial<HistoryItem> = {}): HistoryItem => ({
  kind: "track",
  name: "Order Completed",
  userId: user,
  messageId: `${user}-${n}`,
  receivedAt: start + n * day,
  occurredAt: start + n * day - 5,
  properties: { n },
  ...more,
});

describe("imported history", () => {
  it("keeps its own times and order, and asks nobody to act", async () => {
    expect(await importHistory(db.store, db.workspace, [order("a", 2), order("a", 1), order("b", 1)])).toEqual({
      stored: 3,
      known: 0,
    });
    const stored = await eventsOf(db);
    expect(stored.map((row) => [row.received_at, row.occurred_at, row.payload])).toEqual([
      [start + day, start + day - 5, { properties: { n: 1 } }],
      [start + day, start + day - 5, { properties: { n: 1 } }],
      [start + 2 * day, start + 2 * day - 5, { properties: { n: 2 } }],
    ]);
    expect(await query(db, "select 1 from inbox")).toEqual([]);
    const created = await query<{ created_at: number }>(db, "select created_at from profiles order by 1");
    expect(created.map((row) => row.created_at)).toEqual([start + day, start + 2 * day]);
  });

  it("orders items of one instant as they were given", async () => {
    const items = Array.from({ length: 50 }, (_, n) =>
      order("a", n, { receivedAt: start, messageId: `m${(n * 37) % 50}` }),
    );
    await importHistory(db.store, db.workspace, items);
    expect((await eventsOf(db)).map((row) => (row.payload.properties as { n: number }).n)).toEqual(
      items.map((_, n) => n),
    );
  });

  it("repeated changes nothing, in part or in whole", async () => {
    const items = [order("a", 1, { traits: { plan: "free" } }), order("a", 2, { traits: { plan: "paid" } })];
    await importHistory(db.store, db.workspace, items);
    const before = await countRows(db);
    expect(await importHistory(db.store, db.workspace, [...items, items[0]!])).toEqual({ stored: 0, known: 3 });
    expect(await countRows(db)).toEqual(before);
    expect(await query(db, "select traits from profiles")).toEqual([{ traits: { plan: "paid" } }]);
    expect(await importHistory(db.store, db.workspace, [items[0]!, order("a", 3)])).toEqual({ stored: 1, known: 1 });
  });

  it("sets traits in order, and does not overrule later ones", async () => {
    await importHistory(db.store, db.workspace, [order("a", 5, { traits: { plan: "paid", city: "Bonn" } })]);
    await importHistory(db.store, db.workspace, [order("a", 1, { traits: { plan: "free", lang: "de" } })]);
    expect(await query(db, "select traits, updated_at from profiles")).toEqual([
      { traits: { plan: "paid", city: "Bonn", lang: "de" }, updated_at: start + 5 * day },
    ]);
  });

  it("grants consents of that time, and does not overrule later ones", async () => {
    await acceptOn(db.store).consent(db.workspace.id, [
      { userId: "a", channel: "email", purpose: "promotional", state: "revoked", source: "api" },
    ]);
    const consents = [{ channel: "email", purpose: "promotional", state: "granted", source: "import" }] as const;
    await importHistory(db.store, db.workspace, [
      order("a", 1, { consents }),
      order("b", 1, { consents }),
      order("b", 2, { consents }),
    ]);
    const inForce = await query(
      db,
      "select i.value, c.state, c.source, c.at from consents c join identities i using (workspace_id, profile_id) order by 1",
    );
    expect(inForce).toEqual([
      { value: "a", state: "revoked", source: "api", at: expect.any(Number) },
      { value: "b", state: "granted", source: "import", at: start + 2 * day },
    ]);
    expect(await query(db, "select 1 from consent_changes")).toHaveLength(4);
  });

  it("meets events that arrive now in one profile", async () => {
    await importHistory(db.store, db.workspace, [order("a", 1)]);
    await acceptOn(db.store).ingest(serverKey(db.workspace), call("track", { userId: "a", event: "Seen" }));
    const [old, live] = await eventsOf(db);
    expect(live?.profile_id).toBe(old?.profile_id);
  });

  it("costs as many statements for 1,000 items as for one", async () => {
    const { store, sent } = watchStatements(db.store);
    const full = (n: number) =>
      order(`u${n}`, 1, {
        traits: { n },
        consents: [{ channel: "email", purpose: "promotional", state: "granted", source: "import" }],
      });
    await importHistory(store, db.workspace, [full(-1)]);
    const alone = sent.splice(0).length;
    await importHistory(
      store,
      db.workspace,
      Array.from({ length: 1_000 }, (_, n) => full(n)),
    );
    expect(sent).toHaveLength(alone);
    expect(await eventsOf(db)).toHaveLength(1_001);
  });
});
