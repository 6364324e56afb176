import { describe, expect, test } from "vitest";
import type { Bells } from "../../src/wake/bells.ts";
import { createBells } from "../../src/wake/bells.ts";
import { pacing } from "../../src/wake/pace.ts";

const wake = (shard: number, workspaceId = 1) => ({ workspaceId, shard });

describe("bells", () => {
  test("ring a shard once however often it is named", () => {
    const bells = createBells(undefined);
    for (let i = 0; i < 100; i++) bells.ring({ wake: wake(3), rows: 1, paced: true }, i);
    expect(bells.takeDue(100)).toEqual([wake(3)]);
    expect(bells.takeDue(100)).toEqual([]);
  });

  test("keep shards of the same number in two workspaces apart", () => {
    const bells = createBells(undefined);
    bells.ring({ wake: wake(3, 1), rows: 1, paced: true }, 0);
    bells.ring({ wake: wake(3, 2), rows: 1, paced: true }, 0);
    expect(bells.takeDue(0)).toHaveLength(2);
  });

  test("ring at once while a shard is calm", () => {
    const rings = simulate({ perSecond: 12.5, seconds: 20 });
    expect(rings.longestWaitMs).toBe(0);
  });

  test("gather a busy shard's rows into batches, and keep none waiting longer than the pause", () => {
    const rings = simulate({ perSecond: 187.5, seconds: 20 });
    expect(rings.perSecondAtTheEnd).toBeLessThan(2.5);
    expect(rings.longestWaitMs).toBeLessThanOrEqual(pacing.maxPauseMs + 1);
  });

  test("let an overdue shard pass unpaced, even when it waits already", () => {
    const bells = createBells(pacing);
    busy(bells, 2_000);
    bells.ring({ wake: wake(0), rows: 1, paced: true }, 2_001);
    expect(bells.takeDue(2_001)).toEqual([]);
    bells.ring({ wake: wake(0), rows: 1, paced: false }, 2_001);
    expect(bells.takeDue(2_001)).toEqual([wake(0)]);
  });

  test("say when the next one is due", () => {
    const bells = createBells(pacing);
    expect(bells.nextDueAt()).toBe(Number.POSITIVE_INFINITY);
    busy(bells, 2_000);
    bells.ring({ wake: wake(0), rows: 1, paced: true }, 2_001);
    const next = bells.nextDueAt();
    expect(next).toBeGreaterThan(2_001);
    expect(bells.takeDue(next - 1)).toEqual([]);
    expect(bells.takeDue(next)).toEqual([wake(0)]);
  });
});

function busy(bells: Bells, until: number): void {
  for (let now = 0; now < until; now += 5) bells.ring({ wake: wake(0), rows: 1, paced: true }, now);
  bells.takeDue(until);
}

function simulate({ perSecond, seconds }: { perSecond: number; seconds: number }) {
  const bells = createBells(pacing);
  let longestWaitMs = 0;
  let ringsAtTheEnd = 0;
  let firstWaiting: number | undefined;
  let nextRow = 0;
  for (let now = 0; now < seconds * 1_000; now++) {
    while (nextRow <= now) {
      bells.ring({ wake: wake(0), rows: 1, paced: true }, now);
      firstWaiting ??= now;
      nextRow += 1_000 / perSecond;
    }
    if (bells.takeDue(now).length === 0) continue;
    longestWaitMs = Math.max(longestWaitMs, now - firstWaiting!);
    firstWaiting = undefined;
    if (now > (seconds - 10) * 1_000) ringsAtTheEnd += 1;
  }
  return { longestWaitMs, perSecondAtTheEnd: ringsAtTheEnd / 10 };
}
