import { describe, expect, it } from "vitest";
import { createManualClock } from "../../src/clock.ts";
import { createBreaker } from "../../src/deliver/lane/breaker.ts";

function create() {
  const clock = createManualClock(0);
  return { clock, breaker: createBreaker(clock.now) };
}

const failTimes = (breaker: ReturnType<typeof createBreaker>, times: number) => {
  for (let i = 0; i < times; i++) breaker.report("provider.unavailable");
};

describe("the breaker", () => {
  it("stays closed while faults do not come in a row", () => {
    const { breaker } = create();
    for (let i = 0; i < 20; i++) {
      failTimes(breaker, 9);
      breaker.report(undefined);
    }
    expect(breaker.admit(7)).toEqual({ count: 7, waitMs: 0 });
  });

  it("does not count what is one delivery's own fault", () => {
    const { breaker } = create();
    for (let i = 0; i < 20; i++) breaker.report("provider.rejected");
    expect(breaker.admit(7).count).toBe(7);
  });

  it("opens, lets one probe through after the pause, and waits twice as long when it fails", () => {
    const { clock, breaker } = create();
    failTimes(breaker, 10);
    expect(breaker.admit(5)).toEqual({ count: 0, waitMs: 5_000 });
    clock.advance(5_000);
    expect(breaker.admit(5)).toEqual({ count: 1, waitMs: 0 });
    expect(breaker.admit(5)).toEqual({ count: 0, waitMs: 1_000 });
    breaker.report("plugin.timeout");
    expect(breaker.admit(5)).toEqual({ count: 0, waitMs: 10_000 });
    clock.advance(10_000);
    expect(breaker.admit(5).count).toBe(1);
    breaker.report(undefined);
    expect(breaker.admit(5).count).toBe(5);
  });

  it("never waits longer than a minute", () => {
    const { clock, breaker } = create();
    failTimes(breaker, 10);
    for (let i = 0; i < 10; i++) {
      clock.advance(60_000);
      expect(breaker.admit(1).count).toBe(1);
      breaker.report("provider.unavailable");
    }
    expect(breaker.admit(1).waitMs).toBe(60_000);
  });

  it("lets another probe through when the last was not called after all", () => {
    const { clock, breaker } = create();
    failTimes(breaker, 10);
    clock.advance(5_000);
    expect(breaker.admit(1).count).toBe(1);
    breaker.unprobe();
    expect(breaker.admit(1).count).toBe(1);
  });

  it("pauses for as long as a provider asks, at most a minute at a time", () => {
    const { breaker } = create();
    breaker.report("provider.rate_limited", 2_000);
    expect(breaker.admit(1)).toEqual({ count: 0, waitMs: 2_000 });
    breaker.report("provider.rate_limited", 3_600_000);
    expect(breaker.admit(1)).toEqual({ count: 0, waitMs: 60_000 });
  });
});
