import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { pauseAfter, runClock } from "../../src/clock-role/run-clock.ts";
import type { Queues } from "../../src/queue/queues.ts";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import { log } from "../queue/servers.ts";
import { until } from "../queue/until.ts";
import { addTimer, clearAll, fireTimers } from "./fixtures.ts";
import { recordQueues } from "./recording-queues.ts";

describe("the pause between two ticks", () => {
  test.each([
    { nextInMs: undefined, shards: 0, costMs: 1, pauseMs: 1_000, why: "nothing in sight" },
    { nextInMs: 312.4, shards: 0, costMs: 1, pauseMs: 313, why: "a timer in sight" },
    { nextInMs: 3, shards: 1, costMs: 1, pauseMs: 40, why: "dense timers" },
    { nextInMs: 3, shards: 16, costMs: 1, pauseMs: 64, why: "dense timers in many shards" },
    { nextInMs: 3, shards: 5_000, costMs: 1, pauseMs: 250, why: "dense timers in all shards" },
    { nextInMs: 3, shards: 1, costMs: 60, pauseMs: 540, why: "looking is dear" },
    { nextInMs: 3, shards: 1, costMs: 5_000, pauseMs: 1_000, why: "looking is very dear" },
  ])("is $pauseMs ms: $why", ({ nextInMs, shards, costMs, pauseMs }) => {
    expect(pauseAfter({ nextInMs, shards, deliveries: 0 }, { costMs, tickMs: 1_000 })).toBe(pauseMs);
  });

  test("is short after a queue had to be fed", () => {
    const report = { nextInMs: undefined, shards: 0, deliveries: 100 };
    expect(pauseAfter(report, { costMs: 1, tickMs: 1_000 })).toBe(250);
  });
});

describe("a running clock", () => {
  let world: TestStore;
  beforeAll(async () => {
    world = await createTestStore();
  });
  afterEach(() => clearAll(world));
  afterAll(() => world.close());

  // Measures real time, which a busy machine may take away.
  test("fires timers within 300 ms of their commit grace, also when they follow each other", { retry: 3 }, async () => {
    const lateness: number[] = [];
    const queues: Queues = {
      ...recordQueues().queues,
      wakeNow: (_workspaceId, shards) => {
        for (const shard of shards) void fireTimers(world, shard).then((late) => lateness.push(...late));
      },
    };
    for (const shard of [0, 1, 2]) {
      for (const inMs of [400, 700, 1_000, 1_300]) await addTimer(world, shard, inMs + shard * 70);
    }
    const clock = runClock({ store: world.store, queues }, { log });
    await until(() => lateness.length === 12);
    await clock.stop();
    lateness.sort((a, b) => a - b);
    expect(lateness[0]).toBeGreaterThanOrEqual(250);
    // Ticks of a second alone would make the median 750 ms. A busy machine may delay a single one.
    expect(lateness[6]).toBeLessThan(550);
  });

  test("waits out a database that is away", async () => {
    const broken = { ...world.store, router: { query: () => Promise.reject(new Error("gone")) } };
    const clock = runClock(
      { store: broken as unknown as TestStore["store"], queues: recordQueues().queues },
      { log, tickMs: 10 },
    );
    const startedAt = clock.lastTickAt();
    broken.router = world.store.router as unknown as typeof broken.router;
    await until(() => clock.lastTickAt() > startedAt);
    await clock.stop();
  });
});
