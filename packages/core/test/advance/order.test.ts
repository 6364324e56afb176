import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { World } from "./world.ts";
import { createWorld, onboarding } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.publish("onboarding", onboarding);
});
afterAll(() => world.close());

let n = 0;
let who = "";
beforeEach(() => {
  who = `order-${++n}`;
});

const last = async () => (await world.runs()).at(-1)!;

describe("one order of time", () => {
  test("an event that arrives in the same batch as the wait is entered is not lost", async () => {
    await world.track(who, "Signed Up");
    await world.track(who, "Activated");
    await world.advance();
    expect(await last()).toMatchObject({ status: "ended", outcome: "active" });
  });

  test("a timeout is inclusive: an event at the very instant it is due wins", async () => {
    await world.track(who, "Signed Up");
    await world.advance();
    world.clock.advance("PT72H");
    await world.track(who, "Activated");
    await world.advance();
    expect(await last()).toMatchObject({ outcome: "active" });
  });

  test("an event a millisecond after the timeout comes too late, although both are found in one batch", async () => {
    await world.track(who, "Signed Up");
    await world.advance();
    world.clock.advance("PT72H");
    world.clock.advance(1);
    await world.track(who, "Activated");
    await world.advance();
    const run = await last();
    expect(run).toMatchObject({ outcome: "silent" });
    expect(await world.path(run.id)).toEqual(["wait:timeout", "silent:silent"]);
  });

  test("a timer that was set and came due within one batch fires in it, at its own time", async () => {
    await world.publish("two-waits", {
      ...onboarding,
      triggers: [{ type: "event", event: "Ordered" }],
      start: "first",
      nodes: {
        first: { type: "delay", for: "PT1H", next: "second" },
        second: { type: "delay", for: "PT1H", next: "done" },
        done: { type: "end", outcome: "done" },
      },
    });
    const start = world.clock.now();
    await world.track(who, "Ordered");
    world.clock.advance("PT3H");
    await world.advance();
    const run = await last();
    expect(run).toMatchObject({ key: "two-waits", status: "ended" });
    const [step] = await world.rows<{ left_at: number }>(
      "select left_at from steps where run_id = $1 and node_id = 'second'",
      [run.id],
    );
    expect(step!.left_at - start).toBe(2 * 3_600_000);
  });

  test("an event that ends a run may start the next one, but never two", async () => {
    await world.publish("renew", {
      triggers: [{ type: "event", event: "Renewed" }],
      entry: { reentry: "always" },
      start: "wait",
      nodes: {
        wait: {
          type: "waitForEvent",
          branches: [{ event: "Renewed", next: "done" }],
          timeout: { after: "PT9H", next: "done" },
        },
        done: { type: "end", outcome: "done" },
      },
    });
    await world.track(who, "Renewed");
    await world.track(who, "Renewed");
    await world.advance();
    const runs = (await world.runs()).filter((run) => run.key === "renew");
    expect(runs.map((run) => run.status)).toEqual(["ended", "active"]);
  });

  test("a journey's filter sees the traits of an identify in the same batch", async () => {
    await world.publish("pro", {
      triggers: [{ type: "event", event: "Upgraded" }],
      filter: { op: "eq", left: { ref: "profile.plan" }, right: "pro" },
      start: "done",
      nodes: { done: { type: "end", outcome: "done" } },
    });
    await world.track(who, "Upgraded");
    await world.identify(who, { plan: "pro" });
    await world.track(who, "Upgraded");
    await world.advance();
    expect((await world.runs()).filter((run) => run.key === "pro")).toHaveLength(1);
    expect((await world.refusals()).at(-1)).toMatchObject({ reason: "filter_false" });
  });

  test("nothing is left behind: no inbox row, no timer of an ended run", async () => {
    world.clock.advance("P30D");
    await world.advance();
    expect(await world.count("inbox")).toBe(0);
    expect(await world.count("timers")).toBe(0);
  });
});
