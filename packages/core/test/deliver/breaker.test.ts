import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createManualClock } from "../../src/clock.ts";
import type { Breaker, CallEnd } from "../../src/deliver/lane/breaker.ts";
import { createBreaker } from "../../src/deliver/lane/breaker.ts";

function create() {
  const clock = createManualClock(0);
  return { clock, breaker: createBreaker(clock.now) };
}

const unavailable = { code: "provider.unavailable" } as const;
const taken = { code: undefined };
/** The waits are what these tests look at; the rounds are only handed back. */
const answer = ({ count, waitMs }: ReturnType<Breaker["admit"]>) => ({ count, waitMs });

const failTimes = (breaker: Breaker, times: number, { round } = breaker.admit(1)) => {
  for (let i = 0; i < times; i++) breaker.report(round, unavailable);
};

interface Play extends ReturnType<typeof create> {
  /** The rounds of the calls under way. */
  readonly underWay: number[];
}

type Step = (play: Play) => void;

const admit =
  (wanted: number): Step =>
  ({ breaker, underWay }) => {
    const { count, waitMs, round } = breaker.admit(wanted);
    expect(count).toBeGreaterThanOrEqual(0);
    expect(count).toBeLessThanOrEqual(wanted);
    expect(waitMs > 0).toBe(count === 0);
    underWay.push(...Array.from({ length: count }, () => round));
  };
const end =
  (of: CallEnd): Step =>
  ({ breaker, underWay }) => {
    const round = underWay.shift();
    if (round !== undefined) breaker.report(round, of);
  };
const leaveUncalled =
  (most: number): Step =>
  ({ breaker, underWay }) => {
    const [round] = underWay;
    const count = Math.min(most, underWay.filter((of) => of === round).length);
    underWay.splice(0, count);
    if (round !== undefined) breaker.uncalled(round, count);
  };
const ends: readonly CallEnd[] = [
  taken,
  unavailable,
  { code: "provider.unauthorized" },
  { code: "provider.rate_limited" },
];
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map(admit),
  fc.constantFrom(...ends).map(end),
  fc.integer({ min: 1, max: 5 }).map(leaveUncalled),
  fc.integer({ min: 0, max: 70_000 }).map(
    (ms): Step =>
      ({ clock }) =>
        clock.advance(ms),
  ),
);

describe("the breaker", () => {
  it("stays closed while faults do not come in a row", () => {
    const { breaker } = create();
    for (let i = 0; i < 20; i++) {
      failTimes(breaker, 9);
      breaker.report(breaker.admit(1).round, taken);
    }
    expect(answer(breaker.admit(7))).toEqual({ count: 7, waitMs: 0 });
  });

  it("does not count what is one delivery's own fault", () => {
    const { breaker } = create();
    for (let i = 0; i < 20; i++) breaker.report(breaker.admit(1).round, { code: "provider.rejected" });
    expect(breaker.admit(7).count).toBe(7);
  });

  it("opens, lets a few probes through after the pause, and waits twice as long when all of them fail", () => {
    const { clock, breaker } = create();
    failTimes(breaker, 10);
    expect(answer(breaker.admit(9))).toEqual({ count: 0, waitMs: 1_000 });
    clock.advance(1_000);
    const first = breaker.admit(3);
    expect(answer(first)).toEqual({ count: 3, waitMs: 0 });
    expect(breaker.admit(9).count).toBe(2);
    expect(answer(breaker.admit(9))).toEqual({ count: 0, waitMs: 1_000 });
    for (let i = 0; i < 4; i++) breaker.report(first.round, { code: "plugin.timeout" });
    expect(answer(breaker.admit(9))).toEqual({ count: 0, waitMs: 1_000 });
    breaker.report(first.round, { code: "plugin.timeout" });
    expect(answer(breaker.admit(9))).toEqual({ count: 0, waitMs: 2_000 });
    clock.advance(2_000);
    const second = breaker.admit(9);
    breaker.report(second.round, { code: "plugin.timeout" });
    breaker.report(second.round, taken);
    expect(breaker.admit(9).count).toBe(9);
  });

  it("never waits longer than a minute", () => {
    const { clock, breaker } = create();
    failTimes(breaker, 10);
    for (let i = 0; i < 10; i++) {
      clock.advance(60_000);
      const probe = breaker.admit(1);
      expect(probe.count).toBe(1);
      breaker.report(probe.round, unavailable);
    }
    expect(breaker.admit(1).waitMs).toBe(60_000);
  });

  it("lets others through for probes that were not called after all", () => {
    const { clock, breaker } = create();
    failTimes(breaker, 10);
    clock.advance(1_000);
    const probes = breaker.admit(5);
    breaker.uncalled(probes.round, 4);
    expect(breaker.admit(9).count).toBe(4);
    breaker.uncalled(probes.round, 5);
    expect(breaker.admit(9).count).toBe(5);
  });

  it("lets a single probe through where credentials were refused", () => {
    const { clock, breaker } = create();
    const { round } = breaker.admit(10);
    for (let i = 0; i < 10; i++) breaker.report(round, { code: "provider.unauthorized" });
    clock.advance(1_000);
    expect(breaker.admit(9).count).toBe(1);
    expect(breaker.admit(9).count).toBe(0);
  });

  it("lets no more through than there are probes left, whatever the others have met", () => {
    const { clock, breaker } = create();
    failTimes(breaker, 10);
    clock.advance(1_000);
    const probes = breaker.admit(5);
    breaker.report(probes.round, { code: "provider.unauthorized" });
    expect(answer(breaker.admit(50))).toEqual({ count: 0, waitMs: 1_000 });
    breaker.report(probes.round, taken);
    expect(breaker.admit(50).count).toBe(50);
  });

  it("never lets fewer than none through, nor more than are wanted, in any order of ends", () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 200 }), (steps) => {
        const play: Play = { ...create(), underWay: [] };
        for (const step of steps) step(play);
        // Once nothing is under way and time has passed it lets something through.
        for (const round of play.underWay.splice(0)) play.breaker.report(round, taken);
        play.clock.advance(60_000);
        expect(play.breaker.admit(9).count).toBeGreaterThan(0);
      }),
    );
  });

  it("takes a request to slow down for an answer, and what was before it for nothing", () => {
    const { clock, breaker } = create();
    failTimes(breaker, 9);
    breaker.report(breaker.admit(1).round, { code: "provider.rate_limited", retryAfterMs: 100 });
    expect(breaker.downUntil()).toBeUndefined();
    clock.advance(100);
    breaker.report(breaker.admit(1).round, taken);
    failTimes(breaker, 9);
    expect(breaker.admit(7).count).toBe(7);
  });

  // A provider hangs: ten calls fail at once, and the others of the same moment end while the probe is under way.
  it.each([
    ["fault", (breaker: Breaker, { round }: { round: number }) => breaker.report(round, unavailable)],
    ["answer", (breaker: Breaker, { round }: { round: number }) => breaker.report(round, taken)],
    ["call that was not made", (breaker: Breaker, { round }: { round: number }) => breaker.uncalled(round, 1)],
  ])("takes no late %s of an earlier call for a probe's", (_, end) => {
    const { clock, breaker } = create();
    const early = breaker.admit(50);
    failTimes(breaker, 10, early);
    clock.advance(1_000);
    const probe = breaker.admit(50);
    end(breaker, early);
    expect(answer(breaker.admit(50))).toEqual({ count: 0, waitMs: 1_000 });
    breaker.report(probe.round, taken);
    expect(breaker.admit(50).count).toBe(50);
  });

  it("is not opened sooner because a provider that is down also asks to slow down", () => {
    const { breaker } = create();
    const { round } = breaker.admit(50);
    for (let i = 0; i < 10; i++) breaker.report(round, unavailable);
    breaker.report(round, { code: "provider.rate_limited", retryAfterMs: 1 });
    expect(breaker.admit(1).waitMs).toBe(1_000);
  });

  it("pauses for a second when the provider does not say how long, however often the delivery was tried", () => {
    const { breaker } = create();
    breaker.report(breaker.admit(1).round, { code: "provider.rate_limited", retryAfterMs: null });
    expect(breaker.admit(1).waitMs).toBe(1_000);
  });

  it("pauses for as long as a provider asks, at most a minute at a time", () => {
    const { breaker } = create();
    const { round } = breaker.admit(2);
    breaker.report(round, { code: "provider.rate_limited", retryAfterMs: 2_000 });
    expect(answer(breaker.admit(1))).toEqual({ count: 0, waitMs: 2_000 });
    breaker.report(round, { code: "provider.rate_limited", retryAfterMs: 3_600_000 });
    expect(answer(breaker.admit(1))).toEqual({ count: 0, waitMs: 60_000 });
  });
});
