import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { noRate, pacing, pauseFor, withRows } from "../../src/wake/pace.ts";

describe("the pause between two wakes of a shard", () => {
  test.each([
    { perSecond: 0, pauseMs: 0, why: "idle" },
    { perSecond: 12.5, pauseMs: 0, why: "200 events/s over 16 shards" },
    { perSecond: 25, pauseMs: 0, why: "still calm" },
    { perSecond: 62.5, pauseMs: 375, why: "half way: 1,000 events/s over 16 shards" },
    { perSecond: 187.5, pauseMs: 750, why: "3,000 events/s over 16 shards" },
    { perSecond: 500, pauseMs: 400, why: "a batch of 200 gathers sooner" },
    { perSecond: 10_000, pauseMs: 20, why: "and at a flood almost at once" },
  ])("is $pauseMs ms at $perSecond rows/s: $why", ({ perSecond, pauseMs }) => {
    expect(pauseFor(perSecond, pacing)).toBeCloseTo(pauseMs);
  });

  test("never exceeds its limit, and never gathers more than a batch", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (perSecond) => {
        const pause = pauseFor(perSecond, pacing);
        expect(pause).toBeGreaterThanOrEqual(0);
        expect(pause).toBeLessThanOrEqual(pacing.maxPauseMs);
        expect((pause / 1_000) * perSecond).toBeLessThanOrEqual(pacing.batch + 1e-6);
      }),
    );
  });

  test("gathers at least 130 rows a batch at 3,000 events/s over 16 shards", () => {
    expect(pauseFor(3_000 / 16, pacing) * (3_000 / 16 / 1_000)).toBeGreaterThan(130);
  });
});

describe("the rate of a shard", () => {
  test("settles at the true rate, whether rows come singly or in groups", () => {
    for (const group of [1, 10]) {
      let rate = noRate;
      for (let now = 0; now < 10_000; now += 10 * group) rate = withRows(rate, { rows: group, now }, pacing);
      expect(rate.perSecond).toBeGreaterThan(95);
      expect(rate.perSecond).toBeLessThan(111);
    }
  });

  test("fades when nothing comes", () => {
    const busy = withRows(noRate, { rows: 100, now: 0 }, pacing);
    expect(withRows(busy, { rows: 0, now: 5_000 }, pacing).perSecond).toBeLessThan(1);
  });

  test("of a single burst does not make a calm shard wait", () => {
    const burst = withRows(noRate, { rows: 20, now: 0 }, pacing);
    expect(pauseFor(burst.perSecond, pacing)).toBe(0);
  });
});
