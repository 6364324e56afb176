import { limits } from "@wend/journey";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pauseJourney, resumeJourney } from "../../src/journeys/pause-journey.ts";
import { retryRun } from "../../src/runs/retry-run.ts";
import type { World } from "./world.ts";
import { createWorld } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.publish("counting", {
    triggers: [{ type: "event", event: "Ordered" }],
    exits: [
      { name: "refunded", event: "Refunded" },
      { name: "banned", when: { op: "exists", value: { ref: "profile.banned" } } },
    ],
    goal: { event: "Reviewed" },
    start: "count",
    nodes: {
      count: { type: "updateProfile", increment: { orders: 1 }, next: "wait" },
      wait: {
        type: "waitForEvent",
        branches: [{ event: "Rated", next: "rated" }],
        timeout: { after: "PT1H", next: "silent" },
      },
      rated: { type: "end", outcome: "rated" },
      silent: { type: "end", outcome: "silent" },
    },
  });
});
afterAll(() => world.close());

const retry = (runId: string) => world.tx((tx) => retryRun(tx, { runId, shards: 1 }));
const pause = () => world.tx((tx) => pauseJourney(tx, { journey: "counting", actor: "test" }));
const resume = () => world.tx((tx) => resumeJourney(tx, { journey: "counting", actor: "test", shards: 1 }));
const byId = async (id: string) => (await world.runs()).find((run) => run.id === id)!;

/** A run that the first node parked. */
async function park(userId: string): Promise<string> {
  await world.identify(userId, { orders: "many" });
  await world.track(userId, "Ordered");
  await world.advance();
  const run = (await world.runs()).at(-1)!;
  expect(run.status).toBe("failed");
  return run.id;
}

test("a parked run leaves when its goal is reached, and its step says by which event", async () => {
  const id = await park("ann");
  await world.track("ann", "Rated");
  await world.track("ann", "Reviewed");
  await world.advance();
  expect(await byId(id)).toMatchObject({ status: "ended", ended_by: "goal", error: null, held: null });
  expect(await world.path(id)).toEqual(["count:failed", "count:goal"]);
  expect((await world.rows("select run_id from entries where run_id = $1", [id])).length).toBe(0);
});

test("a parked run leaves by an exit, be it an event or a change of the profile, and also while its journey is paused", async () => {
  const [byEvent, byProfile, paused] = [await park("bea"), await park("cem"), await park("dan")];
  await world.track("bea", "Refunded");
  await world.identify("cem", { banned: true });
  await world.advance();
  expect(await byId(byEvent)).toMatchObject({ ended_by: "exit", outcome: "refunded" });
  expect(await byId(byProfile)).toMatchObject({ ended_by: "exit", outcome: "banned" });

  await pause();
  await expect(retry(paused)).rejects.toMatchObject({ code: "run.wrong_state" });
  await world.track("dan", "Refunded");
  await world.advance();
  expect(await byId(paused)).toMatchObject({ ended_by: "exit", outcome: "refunded" });
  await resume();
});

test("a run that is parked in the batch in which it began keeps what comes later in that batch", async () => {
  await world.identify("eve", { orders: "many" });
  await world.track("eve", "Ordered");
  await world.track("eve", "Rated");
  await world.advance();
  const { id } = (await world.runs()).at(-1)!;
  expect(await byId(id)).toMatchObject({ status: "failed", held: [{ kind: "event", name: "Rated" }] });
  await world.identify("eve", { orders: 1 });
  await retry(id);
  await world.advance();
  expect(await byId(id)).toMatchObject({ status: "ended", outcome: "rated", held: null });
});

test("what a run that its own replay parks had still to decide is kept for the retry", async () => {
  await world.publish("two-waits", {
    triggers: [{ type: "event", event: "Began" }],
    start: "a",
    nodes: {
      a: { type: "waitForEvent", branches: [{ event: "A", next: "count" }], timeout: { after: "P9D", next: "no" } },
      count: { type: "updateProfile", increment: { began: 1 }, next: "b" },
      b: { type: "waitForEvent", branches: [{ event: "B", next: "yes" }], timeout: { after: "P9D", next: "no" } },
      yes: { type: "end", outcome: "yes" },
      no: { type: "end", outcome: "no" },
    },
  });
  const change = { journey: "two-waits", actor: "test" };
  await world.identify("fay", { began: "once" });
  await world.track("fay", "Began");
  await world.advance();
  const { id } = (await world.runs()).at(-1)!;
  await world.tx((tx) => pauseJourney(tx, change));
  await world.track("fay", "A");
  world.clock.advance(1_000);
  await world.track("fay", "B");
  await world.advance();
  await world.tx((tx) => resumeJourney(tx, { ...change, shards: 1 }));
  await world.advance();
  expect(await byId(id)).toMatchObject({ status: "failed", node_id: "count", held: [{ name: "B" }] });

  await world.identify("fay", { began: 1 });
  await retry(id);
  await world.advance();
  expect(await byId(id)).toMatchObject({ status: "ended", outcome: "yes" });
});

interface Event {
  readonly name: string;
  readonly properties?: { readonly text: string };
}

const trackMany = (userId: string, count: number, event: Event) =>
  world.accept.events(
    world.workspace.id,
    Array.from({ length: count }, () => ({ kind: "track" as const, userId, properties: {}, ...event })),
  );

test("a parked run keeps so many events and no more; then its error says so, and a retry decides what it kept", async () => {
  const id = await park("gil");
  await trackMany("gil", 600, { name: "Looked" });
  await trackMany("gil", limits.heldEvents, { name: "Rated" });
  await world.advance();
  expect(await byId(id)).toMatchObject({ status: "failed", error: { code: "run.node_failed" } });
  expect((await byId(id)).held).toHaveLength(limits.heldEvents);

  await trackMany("gil", 3, { name: "Rated" });
  await world.advance();
  expect(await byId(id)).toMatchObject({ status: "failed", error: { code: "run.held_limit" } });
  expect((await byId(id)).error).toMatchObject({ detail: expect.stringContaining("run.node_failed") });
  expect((await byId(id)).held).toHaveLength(limits.heldEvents);

  await world.identify("gil", { orders: 1 });
  await retry(id);
  await world.advance();
  expect(await byId(id)).toMatchObject({ status: "ended", outcome: "rated", held: null });
});

test("large events count by their size", async () => {
  const id = await park("hal");
  await trackMany("hal", 100, { name: "Rated", properties: { text: "x".repeat(30_000) } });
  await world.advance();
  const run = await byId(id);
  expect(run.error).toMatchObject({ code: "run.held_limit" });
  expect(run.held!.length).toBeGreaterThan(30);
  expect(JSON.stringify(run.held).length).toBeLessThan(limits.heldBytes + 32_768);
});

test("a run that a pause overfills is parked, and what it had kept ends it if that is its exit", async () => {
  const ids = [];
  for (const userId of ["ida", "jon"]) {
    await world.identify(userId, { orders: 1 });
    await world.track(userId, "Ordered");
    await world.advance();
    ids.push((await world.runs()).at(-1)!.id);
  }
  await pause();
  await world.track("jon", "Refunded");
  await trackMany("ida", limits.heldEvents, { name: "Rated" });
  await trackMany("jon", limits.heldEvents - 1, { name: "Rated" });
  await world.advance();
  expect((await byId(ids[0]!)).held).toHaveLength(limits.heldEvents);
  expect((await byId(ids[1]!)).held).toHaveLength(limits.heldEvents);
  expect(await byId(ids[1]!)).toMatchObject({ status: "active" });
  await world.track("ida", "Rated");
  await world.track("jon", "Rated");
  await world.advance();
  expect(await byId(ids[0]!)).toMatchObject({ status: "failed", error: { code: "run.held_limit" } });
  expect(await byId(ids[1]!)).toMatchObject({ status: "ended", outcome: "refunded" });
  await resume();
  await retry(ids[0]!);
  await world.advance();
  expect(await byId(ids[0]!)).toMatchObject({ status: "ended", outcome: "rated" });
});
