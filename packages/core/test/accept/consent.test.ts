import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ConsentChange } from "../../src/accept/consent/change.ts";
import { shardOf, uuidv7 } from "../../src/ids.ts";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import {
  acceptOn,
  call,
  clear,
  countRows,
  eventsOf,
  query,
  recordWakes,
  serverKey,
  watchStatements,
} from "./harness.ts";

let db: TestStore;
beforeAll(async () => {
  db = await createTestStore();
});
afterAll(() => db.close());
beforeEach(() => clear(db));

const granted = (userId: string, more: Partial<ConsentChange> = {}): ConsentChange => ({
  userId,
  channel: "email",
  purpose: "promotional",
  state: "granted",
  source: "api",
  ...more,
});

const inForce = () =>
  query<{ value: string; topic: string; state: string }>(
    db,
    `select i.value, c.topic, c.state from consents c join identities i using (workspace_id, profile_id) order by 1, 2`,
  );

describe("a consent", () => {
  it("makes the profile of a new user id, is in force, written down, an event, and a reason to look again", async () => {
    const queues = recordWakes();
    await acceptOn(db.store, { queues }).consent(db.workspace.id, [granted("u", { detail: { form: "footer" } })]);

    expect(await inForce()).toEqual([{ value: "u", topic: "*", state: "granted" }]);
    const [event] = await eventsOf(db);
    expect(event).toMatchObject({
      name: "$consent",
      kind: "consent",
      payload: {
        properties: { channel: "email", purpose: "promotional", topic: "*", state: "granted", source: "api" },
      },
    });
    expect(await query(db, "select profile_id, topic, state, source, detail from consent_changes")).toEqual([
      { profile_id: event!.profile_id, topic: "*", state: "granted", source: "api", detail: { form: "footer" } },
    ]);
    const shard = shardOf(event!.profile_id, db.workspace.shards);
    expect(await query(db, "select kind, name, shard, profile_id from inbox")).toEqual([
      { kind: "profile", name: "", shard, profile_id: event!.profile_id },
    ]);
    expect(queues.seen).toEqual([{ workspaceId: db.workspace.id, shards: [shard] }]);
  });

  it("belongs to the profile that events of the same user id have", async () => {
    const accept = acceptOn(db.store);
    await accept.ingest(serverKey(db.workspace), call("track", { userId: "u", event: "Seen" }));
    await accept.consent(db.workspace.id, [granted("u")]);
    const [seen, consent] = await eventsOf(db);
    expect(consent?.profile_id).toBe(seen?.profile_id);
    await accept.consent(db.workspace.id, [
      { ...granted("", { state: "revoked" }), userId: undefined!, profileId: seen!.profile_id },
    ]);
    expect(await inForce()).toEqual([{ value: "u", topic: "*", state: "revoked" }]);
  });

  it("is what was said last, also within one call", async () => {
    const accept = acceptOn(db.store);
    await accept.consent(db.workspace.id, [
      granted("u"),
      granted("u", { topic: "news" }),
      granted("u", { state: "revoked" }),
      granted("v", { state: "revoked" }),
      granted("v"),
    ]);
    expect(await inForce()).toEqual([
      { value: "u", topic: "*", state: "revoked" },
      { value: "u", topic: "news", state: "granted" },
      { value: "v", topic: "*", state: "granted" },
    ]);
    expect(await query(db, "select 1 from consent_changes")).toHaveLength(5);
    expect(await query(db, "select 1 from inbox")).toHaveLength(2);
  });

  it("of an unknown profile id is refused, changes nothing, and does not spoil others of the same group", async () => {
    const accept = acceptOn(db.store);
    const unknown = { ...granted(""), userId: undefined!, profileId: uuidv7() };
    const before = await countRows(db);
    await expect(accept.consent(db.workspace.id, [granted("u"), unknown])).rejects.toMatchObject({
      code: "profile.not_found",
    });
    expect(await countRows(db)).toEqual(before);

    const results = await Promise.allSettled(
      [granted("a"), unknown, granted("b")].map((change) => accept.consent(db.workspace.id, [change])),
    );
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect((await inForce()).map(({ value }) => value)).toEqual(["a", "b"]);
  });

  it("costs as many statements for 1,000 profiles as for one", async () => {
    const { store, sent } = watchStatements(db.store);
    const accept = acceptOn(store);
    await accept.consent(db.workspace.id, [granted("u")]);
    const alone = sent.splice(0).length;
    await accept.consent(
      db.workspace.id,
      Array.from({ length: 1_000 }, (_, n) => granted(`u${n}`)),
    );
    expect(sent).toHaveLength(alone);
    expect(await inForce()).toHaveLength(1_001);
  });

  it("given by two processes at once ends in one state, without a deadlock", async () => {
    const users = Array.from({ length: 100 }, (_, n) => `u${n}`);
    const { store, faults } = watchStatements(db.store);
    const change = (state: "granted" | "revoked") => (user: string) => granted(user, { state });
    await Promise.all([
      acceptOn(store).consent(db.workspace.id, users.map(change("granted"))),
      acceptOn(store).consent(db.workspace.id, users.toReversed().map(change("revoked"))),
    ]);
    const states = new Set((await inForce()).map(({ state }) => state));
    expect(states.size).toBe(1);
    expect(faults).toEqual([]);
    expect(await query(db, "select 1 from profiles")).toHaveLength(100);
  });
});
