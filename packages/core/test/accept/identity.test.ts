import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import { acceptOn, call, clear, eventsOf, query, serverKey, watchStatements } from "./harness.ts";

let db: TestStore;
beforeAll(async () => {
  db = await createTestStore({ max: 12 });
});
afterAll(() => db.close());
beforeEach(() => clear(db));

interface Ids {
  userId?: string | number;
  anonymousId?: string | number;
}

const track = (ids: Ids) => call("track", { ...ids, event: "Seen" });

async function profilesOf(...calls: Ids[]): Promise<string[]> {
  const accept = acceptOn(db.store);
  for (const ids of calls) await accept.ingest(serverKey(db.workspace), track(ids));
  return (await eventsOf(db)).map((row) => row.profile_id);
}

describe("whose event it is", () => {
  it("a user id seen twice is one profile, as text or as number", async () => {
    const [a, b] = await profilesOf({ userId: 7 }, { userId: "7" });
    expect(a).toBe(b);
  });

  it("a user id and an anonymous id of equal text are two", async () => {
    const [a, b] = await profilesOf({ userId: "x" }, { anonymousId: "x" });
    expect(a).not.toBe(b);
  });

  it("an anonymous visitor who turns out to be a user keeps the profile", async () => {
    const [a, b, c] = await profilesOf({ anonymousId: "v" }, { anonymousId: "v", userId: "u" }, { userId: "u" });
    expect([b, c]).toEqual([a, a]);
    expect(await query(db, "select kind, value from identities order by 1")).toEqual([
      { kind: "anonymous_id", value: "v" },
      { kind: "user_id", value: "u" },
    ]);
  });

  it("a visitor first seen with a known user belongs to that user", async () => {
    const [a, b, c] = await profilesOf({ userId: "u" }, { userId: "u", anonymousId: "v" }, { anonymousId: "v" });
    expect([b, c]).toEqual([a, a]);
  });

  it("two known profiles stay two, and the user id wins", async () => {
    const ids = await profilesOf(
      { userId: "u" },
      { anonymousId: "v" },
      { userId: "u", anonymousId: "v" },
      { anonymousId: "v" },
    );
    expect(ids[0]).not.toBe(ids[1]);
    expect(ids[2]).toBe(ids[0]);
    expect(ids[3]).toBe(ids[1]);
  });

  it("a second user on a visitor's device gets a profile of its own", async () => {
    const ids = await profilesOf(
      { anonymousId: "v", userId: "u1" },
      { anonymousId: "v", userId: "u2" },
      { anonymousId: "v" },
    );
    expect(ids[1]).not.toBe(ids[0]);
    expect(ids[2]).toBe(ids[0]);
  });

  it("is the same when all of it arrives in one group", async () => {
    const accept = acceptOn(db.store);
    const calls: Ids[] = [
      { anonymousId: "v" },
      { anonymousId: "v", userId: "u1" },
      { anonymousId: "v", userId: "u2" },
      { userId: "u1" },
    ];
    await Promise.all(calls.map((ids) => accept.ingest(serverKey(db.workspace), track(ids))));
    const [a, b, c, d] = (await eventsOf(db)).map((row) => row.profile_id);
    expect([b, d]).toEqual([a, a]);
    expect(c).not.toBe(a);
    expect(await query(db, "select 1 from profiles")).toHaveLength(2);
  });
});

describe("two processes that see the same new names at once", () => {
  const users = Array.from({ length: 200 }, (_, n) => n);
  const shuffled = (seed: number) => [...users].sort((a, b) => ((a * seed) % 211) - ((b * seed) % 211));

  it("make one profile for each, without a deadlock", async () => {
    const { store, faults } = watchStatements(db.store);
    const processes = [1, 2].map(() => acceptOn(store));
    const both = Array.from({ length: 1_500 }, (_, n) => ({ userId: `u${n}`, anonymousId: `v${n}` }));
    // From both ends at once: unsorted, each would soon hold what the other waits for.
    await Promise.all(
      processes.flatMap((accept, i) =>
        (i === 0 ? both : both.toReversed()).map((ids) => accept.ingest(serverKey(db.workspace), track(ids))),
      ),
    );
    expect(faults).toEqual([]);
    expect(await query(db, "select 1 from profiles")).toHaveLength(1_500);
    expect(await query(db, "select 1 from identities")).toHaveLength(3_000);
    const spread = await query(db, "select 1 from events group by profile_id having count(*) = 2");
    expect(spread).toHaveLength(1_500);
  });

  it("never give one visitor two user ids", async () => {
    const accept = acceptOn(db.store);
    await Promise.all(users.map((n) => accept.ingest(serverKey(db.workspace), track({ anonymousId: `v${n}` }))));
    const { store, faults } = watchStatements(db.store);
    const processes = [1, 2, 3].map(() => acceptOn(store));
    const work = processes.flatMap((process, i) =>
      shuffled(2 * i + 3).map((n) =>
        process.ingest(serverKey(db.workspace), track({ userId: `u${i}-${n}`, anonymousId: `v${n}` })),
      ),
    );
    await Promise.all(work);
    const twice = await query(
      db,
      "select profile_id from identities where kind = 'user_id' group by 1 having count(*) > 1",
    );
    expect(faults).toEqual([]);
    expect(twice).toEqual([]);
    expect(await query(db, "select 1 from profiles")).toHaveLength(600);
  });
});
