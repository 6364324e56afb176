import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ManualClock } from "../../src/clock.ts";
import type { DueShardsQuery } from "../../src/clock-role/find-due-shards.ts";
import { findDueShards } from "../../src/clock-role/find-due-shards.ts";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import { addInboxRow, addTimer, clearAll } from "./fixtures.ts";

describe("due shards", () => {
  let world: TestStore<ManualClock>;
  beforeAll(async () => {
    world = await createTestStore({ now: "2026-01-01T00:00:00Z" });
  });
  afterEach(() => clearAll(world));
  afterAll(() => world.close());

  /** By shard: age of the oldest row, age of the due timer, time until the next one. */
  const find = async (query: Partial<DueShardsQuery> = {}) => {
    const fixed = world.clock.now();
    const found = await findDueShards(world.store, {
      fixed,
      rowAgeMs: 1_000,
      timerGraceMs: 250,
      aheadMs: 1_000,
      ...query,
    });
    const age = (at: number | null) => (at === null ? null : fixed - at);
    return Object.fromEntries(
      found.map((due) => [
        due.shard,
        { row: age(due.receivedAt), timer: age(due.dueAt), next: due.nextAt === null ? null : due.nextAt - fixed },
      ]),
    );
  };

  test("are those whose oldest row is old enough", async () => {
    await addInboxRow(world, 1, 1_000);
    await addInboxRow(world, 1, 5_000);
    await addInboxRow(world, 2, 999);
    expect(await find()).toEqual({ 1: { row: 5_000, timer: null, next: null } });
  });

  test("are those whose first timer has outlived the commit grace", async () => {
    await addTimer(world, 3, -250);
    await addTimer(world, 4, -249);
    await addTimer(world, 5, 60_000);
    expect(await find()).toEqual({
      3: { row: null, timer: 250, next: null },
      4: { row: null, timer: null, next: -249 },
    });
  });

  test("come with their next timer, also behind one that is due", async () => {
    await addTimer(world, 3, -9_000);
    await addTimer(world, 3, -8_000);
    await addTimer(world, 3, 400);
    await addTimer(world, 4, 750);
    await addTimer(world, 5, 751);
    expect(await find()).toEqual({
      3: { row: null, timer: 9_000, next: 400 },
      4: { row: null, timer: null, next: 750 },
    });
  });

  test("are found by the very instant where nothing is granted", async () => {
    await addInboxRow(world, 1, 0);
    await addTimer(world, 2, 0);
    expect(await find({ rowAgeMs: 0, timerGraceMs: 0, aheadMs: 0 })).toEqual({
      1: { row: 0, timer: null, next: null },
      2: { row: null, timer: 0, next: null },
    });
  });
});
