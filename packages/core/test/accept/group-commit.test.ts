import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { shardOf } from "../../src/ids.ts";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import { createWorkspace } from "../../src/workspaces/workspace.ts";
import { acceptOn, call, clear, eventsOf, query, recordWakes, serverKey, watchStatements } from "./harness.ts";

let db: TestStore;
beforeAll(async () => {
  db = await createTestStore();
});
afterAll(() => db.close());
beforeEach(() => clear(db));

const track = (n: number, more: object = {}) =>
  call("track", { userId: `u${n}`, event: "Seen", messageId: `m${n}`, properties: { n }, ...more });

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

describe("calls that arrive together", () => {
  it("are stored in one transaction, 1,000 of them with as many statements as one", async () => {
    const { store, sent } = watchStatements(db.store);
    const accept = acceptOn(store);
    await accept.ingest(serverKey(db.workspace), track(-1));
    const alone = sent.splice(0).length;

    await Promise.all(numbers(1_000).map((n) => accept.ingest(serverKey(db.workspace), track(n))));

    expect(sent.filter((text) => text.includes("begin;"))).toHaveLength(1);
    expect(sent).toHaveLength(alone);
    expect(alone).toBe(5);
    expect(await eventsOf(db)).toHaveLength(1_001);
    expect(await query(db, "select 1 from inbox")).toHaveLength(1_001);
    expect(await query(db, "select 1 from profiles")).toHaveLength(1_001);
  });

  it("need one statement less when every name is known", async () => {
    const { store, sent } = watchStatements(db.store);
    const accept = acceptOn(store);
    await accept.ingest(serverKey(db.workspace), track(1));
    sent.length = 0;
    await accept.ingest(serverKey(db.workspace), track(1, { messageId: "again" }));
    expect(sent).toHaveLength(4);
  });

  it("are spread over several transactions when they are too many for one", async () => {
    const { store, sent } = watchStatements(db.store);
    const accept = acceptOn(store, { limits: { groupItems: 100 } });
    await Promise.all(numbers(250).map((n) => accept.ingest(serverKey(db.workspace), track(n))));
    expect(sent.filter((text) => text.includes("begin;"))).toHaveLength(3);
    expect(await eventsOf(db)).toHaveLength(250);
  });

  it("are acknowledged only when a reader can see them", async () => {
    const accept = acceptOn(db.store);
    await Promise.all(
      numbers(20).map(async (n) => {
        await accept.ingest(serverKey(db.workspace), track(n));
        expect(await query(db, "select 1 from events where message_id = $1", [`m${n}`])).toHaveLength(1);
      }),
    );
  });

  it("keep the order in which they came as their position", async () => {
    const accept = acceptOn(db.store);
    const sent = numbers(500).map((n) =>
      accept.ingest(serverKey(db.workspace), track(n, { messageId: `m${(n * 7919) % 500}` })),
    );
    await Promise.all(sent);
    const stored = await eventsOf(db);
    expect(stored.map(({ payload }) => (payload.properties as { n: number }).n)).toEqual(numbers(500));
  });

  it("ring for the shard of each row after the commit", async () => {
    const queues = recordWakes();
    const accept = acceptOn(db.store, { queues });
    await Promise.all(numbers(50).map((n) => accept.ingest(serverKey(db.workspace), track(n))));
    await accept.ingest(serverKey(db.workspace), track(0));

    const stored = await query<{ shard: number; profile_id: string }>(db, "select shard, profile_id from inbox");
    expect(stored.every(({ shard, profile_id }) => shard === shardOf(profile_id, 16))).toBe(true);
    const rung = queues.seen.flatMap(({ shards }) => shards).sort();
    expect(rung).toEqual(stored.map(({ shard }) => shard).sort());
  });
});

describe("an event that is sent twice", () => {
  it("is stored once when both are in one group", async () => {
    const accept = acceptOn(db.store);
    const results = await Promise.all([1, 1, 2, 1].map((n) => accept.ingest(serverKey(db.workspace), track(n))));
    expect(results).toEqual(Array.from({ length: 4 }, () => ({ accepted: 1, rejected: [] })));
    expect((await eventsOf(db)).map((row) => row.message_id)).toEqual(["m1", "m2"]);
  });

  it("is stored once over several groups, with one inbox row", async () => {
    const accept = acceptOn(db.store);
    for (let i = 0; i < 3; i++) await accept.ingest(serverKey(db.workspace), track(1));
    expect(await eventsOf(db)).toHaveLength(1);
    expect(await query(db, "select 1 from inbox")).toHaveLength(1);
  });

  it("is stored once by two processes at the same time, without a deadlock", async () => {
    const { store, faults } = watchStatements(db.store);
    const processes = [acceptOn(store), acceptOn(store)];
    const events = numbers(2_000).map((n) => track(0, { messageId: `m${n}` }));
    await Promise.all(
      processes.flatMap((accept, i) =>
        (i === 0 ? events : events.toReversed()).map((event) => accept.ingest(serverKey(db.workspace), event)),
      ),
    );
    expect(faults).toEqual([]);
    expect(await eventsOf(db)).toHaveLength(2_000);
  });

  it("tells an internal caller that it was known", async () => {
    const accept = acceptOn(db.store);
    const event = { kind: "track" as const, name: "Seen", userId: "u1", messageId: "m1" };
    const [first, second] = await accept.events(db.workspace.id, [event, event]);
    const [third] = await accept.events(db.workspace.id, [event]);
    const [stored] = await eventsOf(db);
    expect(first).toEqual({ messageId: "m1", profileId: stored!.profile_id, eventId: stored!.id });
    expect([second, third]).toEqual(Array(2).fill({ messageId: "m1", profileId: stored!.profile_id, eventId: null }));
  });

  it("is another event in another workspace", async () => {
    const accept = acceptOn(db.store);
    const other = await createWorkspace(db.store, { slug: "other", name: "Other" });
    await Promise.all([accept.ingest(serverKey(db.workspace), track(1)), accept.ingest(serverKey(other), track(1))]);
    const [one, two] = [await eventsOf(db), await eventsOf({ ...db, workspace: other })];
    expect([one, two].map((rows) => rows.map((row) => row.message_id))).toEqual([["m1"], ["m1"]]);
    expect(one[0]?.profile_id).not.toBe(two[0]?.profile_id);
  });
});
