import { describe, expect, test } from "vitest";
import type { DueShard } from "../../src/clock-role/find-due-shards.ts";
import { createUnanswered } from "../../src/clock-role/unanswered.ts";

const shard = (receivedAt: number, now: number): DueShard => ({
  workspaceId: 1,
  shard: 1,
  now,
  receivedAt,
  dueAt: null,
  nextAt: null,
});

const create = () => createUnanswered({ patienceMs: 8_000, sightMs: 2_000 });

describe("an unanswered wake", () => {
  test("is found out when its row is too old, and again after as long", () => {
    const unanswered = create();
    const forcedAt: number[] = [];
    for (let now = 1_000; now <= 25_000; now += 1_000) {
      if (unanswered.note([shard(0, now)], now).length > 0) forcedAt.push(now);
    }
    expect(forcedAt).toEqual([8_000, 16_000, 24_000]);
  });

  test("is found out soon by a clock that has just started", () => {
    const unanswered = create();
    const found = [20_000, 21_000, 22_000].map((now) => unanswered.note([shard(0, now)], now).length);
    expect(found).toEqual([0, 0, 1]);
  });

  test("is none where the oldest row moves on, however old it is", () => {
    const unanswered = create();
    for (let now = 60_000; now <= 120_000; now += 1_000) {
      expect(unanswered.note([shard(now - 60_000, now)], now)).toEqual([]);
    }
  });

  test("is forgotten when the shard is no longer due", () => {
    const unanswered = create();
    unanswered.note([shard(0, 20_000)], 20_000);
    unanswered.note([], 21_000);
    unanswered.note([shard(0, 22_000)], 22_000);
    expect(unanswered.note([shard(0, 23_000)], 23_000)).toEqual([]);
    expect(unanswered.note([shard(0, 24_000)], 24_000)).toHaveLength(1);
  });
});
