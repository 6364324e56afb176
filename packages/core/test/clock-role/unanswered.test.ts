import { describe, expect, test } from "vitest";
import type { DueShard } from "../../src/clock-role/find-due-shards.ts";
import { createUnanswered } from "../../src/clock-role/unanswered.ts";

const shard = (n: number, receivedAt: number): DueShard => ({
  workspaceId: 1,
  shard: n,
  now: 0,
  receivedAt,
  dueAt: null,
  nextAt: null,
});

describe("an unanswered wake", () => {
  test("is found out after the patience has passed, and again after as long", () => {
    const unanswered = createUnanswered(10_000);
    const forcedAt: number[] = [];
    for (let now = 0; now <= 25_000; now += 1_000) {
      if (unanswered.note([shard(1, 5)], now).length > 0) forcedAt.push(now);
    }
    expect(forcedAt).toEqual([10_000, 20_000]);
  });

  test("is none where the oldest row moves on", () => {
    const unanswered = createUnanswered(10_000);
    for (let now = 0; now <= 60_000; now += 1_000) expect(unanswered.note([shard(1, now)], now)).toEqual([]);
  });

  test("is forgotten when the shard is no longer due", () => {
    const unanswered = createUnanswered(10_000);
    unanswered.note([shard(1, 5)], 0);
    unanswered.note([], 5_000);
    unanswered.note([shard(1, 5)], 9_000);
    expect(unanswered.note([shard(1, 5)], 12_000)).toEqual([]);
    expect(unanswered.note([shard(1, 5)], 19_000)).toHaveLength(1);
  });
});
