import { afterAll, beforeAll, expect, test } from "vitest";
import type { PausedEntries } from "../../src/journeys/journey.ts";
import { loadJourney } from "../../src/journeys/load-journey.ts";
import { pauseJourney, resumeJourney } from "../../src/journeys/pause-journey.ts";
import { profileTimeline } from "../../src/profiles/timeline/profile-timeline.ts";
import type { Body, World } from "./world.ts";
import { createWorld } from "./world.ts";

/** Ordered, unless blocked -> wait for Paid for three days -> end; one run per order. */
const orders: Body = {
  triggers: [
    {
      type: "event",
      event: "Ordered",
      where: { op: "gte", left: { ref: "event.properties.total" }, right: 10 },
    },
  ],
  filter: { op: "not", of: { op: "exists", value: { ref: "profile.blocked" } } },
  entry: { key: { ref: "event.properties.order" }, reentry: "afterExit" },
  start: "wait",
  nodes: {
    wait: {
      type: "waitForEvent",
      branches: [{ event: "Paid", next: "paid" }],
      timeout: { after: "PT72H", next: "late" },
    },
    paid: { type: "end", outcome: "paid" },
    late: { type: "end", outcome: "late" },
  },
};

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.publish("orders", orders);
});
afterAll(() => world.close());

const pause = (entries?: PausedEntries) =>
  world.tx((tx) => pauseJourney(tx, { journey: "orders", actor: "test", entries }));
const resume = () => world.tx((tx) => resumeJourney(tx, { journey: "orders", actor: "test", shards: 1 }));
const order = (userId: string, order: string, total = 50) => world.track(userId, "Ordered", { order, total });
const runsOf = async (...keys: string[]) => (await world.runs()).filter((run) => keys.includes(run.entry_key));
const refusalsOf = (userId: string) =>
  world.rows<{ reason: string }>(
    `select r.reason from refused_entries r join identities i on i.profile_id = r.profile_id
     where i.value = $1 order by r.at, r.event_id`,
    [userId],
  );

test("an entry into a paused journey is kept, unless another choice is made, and decided once after the resume", async () => {
  await pause();
  await order("ann", "a1");
  await world.advance();
  expect(await runsOf("a1")).toEqual([]);
  expect(await world.count("held_entries")).toBe(1);

  world.clock.advance("P7D");
  await world.advance();
  expect(await runsOf("a1")).toEqual([]);
  await resume();
  await world.advance();
  expect(await runsOf("a1")).toMatchObject([{ status: "active", wake_at: world.clock.now() + 72 * 3_600_000 }]);
  expect(await world.count("held_entries")).toBe(0);
  expect(await world.count("timers")).toBe(1);

  await order("ann", "a2");
  await world.advance();
  await pause();
  await resume();
  world.clock.advance("PT1H");
  await world.advance();
  expect(await runsOf("a1", "a2")).toHaveLength(2);
  expect(await refusalsOf("ann")).toEqual([]);
});

test("a profile's timeline tells of an entry that is kept, then of the run in its place", async () => {
  await pause("buffer");
  await order("tim", "t1");
  await world.advance();
  const [profile] = await world.rows<{ id: string }>("select profile_id as id from identities where value = 'tim'");
  const kinds = async () =>
    (await world.tx((tx) => profileTimeline(tx, profile!.id, { limit: 20 }))).items.map((item) => item.kind);
  expect(await kinds()).toEqual(["held", "event"]);
  await resume();
  await world.advance();
  expect(await kinds()).toEqual(["entered", "event"]);
});

test("an event that no trigger matches is not kept", async () => {
  await pause("buffer");
  await order("bea", "b1", 5);
  await world.track("bea", "Looked");
  await world.advance();
  expect(await world.count("held_entries")).toBe(0);
  await resume();
});

test("with drop it never enters, and the refusal says why", async () => {
  await pause("drop");
  expect(await world.tx((tx) => loadJourney(tx, "orders"))).toMatchObject({ status: "paused", pausedEntries: "drop" });
  await order("cem", "c1");
  await world.advance();
  await resume();
  expect(await world.tx((tx) => loadJourney(tx, "orders"))).toMatchObject({ status: "live", pausedEntries: null });
  world.clock.advance("PT1H");
  await world.advance();
  await order("cem", "c2");
  await world.advance();
  expect(await runsOf("c1", "c2")).toMatchObject([{ entry_key: "c2" }]);
  expect(await refusalsOf("cem")).toMatchObject([{ reason: "journey_paused" }]);
});

test("the filter is asked on the profile as it is when the entry is decided", async () => {
  await world.identify("dan", { blocked: true });
  await pause("buffer");
  await order("dan", "d1");
  await order("eve", "e1");
  await world.advance();
  await world.rows("update profiles set traits = '{}' where traits ? 'blocked' returning id");
  await world.identify("eve", { blocked: true });
  await world.advance();
  await resume();
  await world.advance();
  expect(await runsOf("d1", "e1")).toMatchObject([{ entry_key: "d1" }]);
  expect(await refusalsOf("eve")).toMatchObject([{ reason: "filter_false" }]);
});

test("entries are decided in the order of their events, one run at a time under one key", async () => {
  await pause("buffer");
  for (const key of ["f1", "f2", "f1"]) {
    await order("fay", key);
    world.clock.advance(1_000);
  }
  await world.advance();
  await resume();
  await world.advance();
  expect((await runsOf("f1", "f2")).map((run) => run.entry_key)).toEqual(["f1", "f2"]);
  expect(await refusalsOf("fay")).toMatchObject([{ reason: "already_active" }]);
});

test("what was kept is decided before what came after the resume", async () => {
  await pause("buffer");
  await order("gil", "g1");
  await world.advance();
  await resume();
  world.clock.advance(5);
  await order("gil", "g1", 99);
  const [{ id } = { id: "" }] = await world.rows<{ id: string }>(
    "select event_id as id from held_entries order by received_at limit 1",
  );
  await world.advance();
  const [entry] = await world.rows<{ entry_id: string }>("select entry_id from runs where entry_key = 'g1'");
  expect(entry).toMatchObject({ entry_id: id });
  expect(await refusalsOf("gil")).toMatchObject([{ reason: "already_active" }]);
});

test("a second pause keeps what the first resume has not decided yet, whatever becomes of new entries", async () => {
  await pause("buffer");
  await order("hal", "h1");
  await world.advance();
  await resume();
  await pause("drop");
  await order("hal", "h2");
  world.clock.advance("PT1H");
  await world.advance();
  expect(await runsOf("h1", "h2")).toEqual([]);
  expect(await world.count("held_entries")).toBe(1);
  await resume();
  await world.advance();
  expect(await runsOf("h1", "h2")).toMatchObject([{ entry_key: "h1" }]);
});

test("a resume lets in a thousand a second", async () => {
  await pause("buffer");
  const userIds = Array.from({ length: 1_500 }, (_, n) => `crowd-${n}`);
  await world.accept.events(
    world.workspace.id,
    userIds.map((userId) => ({ kind: "track", name: "Ordered", userId, properties: { order: "crowd", total: 10 } })),
  );
  await world.advance();
  await resume();
  await world.advance();
  expect(await runsOf("crowd")).toHaveLength(1_000);
  world.clock.advance(1_000);
  await world.advance();
  expect(await runsOf("crowd")).toHaveLength(1_500);
  expect(await world.count("held_entries")).toBe(0);
});
