import type { ErrorCode, ResolvedDedupe } from "@wend/plugin";
import { errorTable, WendError } from "@wend/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backoffMs, retryLimits } from "../../src/deliver/backoff.ts";
import type { Claimed } from "../../src/deliver/claim/claimed.ts";
import { decideFailed } from "../../src/deliver/decide-outcome.ts";
import { toldOutcome } from "../../src/deliver/outcome.ts";

const codes = Object.keys(errorTable) as ErrorCode[];
const dedupe = fc.oneof<fc.Arbitrary<ResolvedDedupe>[]>(
  fc.record({ by: fc.constant("key" as const), windowMs: fc.integer({ min: 1, max: 1e8 }) }),
  fc.record({ by: fc.constant("lookup" as const), settleMs: fc.integer({ min: 0, max: 1e6 }) }),
  fc.constant({ by: "natural" }),
  fc.constant({ by: "none" }),
);
const cases = fc.record({
  code: fc.constantFrom(...codes),
  dedupe,
  onUnknown: fc.constantFrom("hold", "resend", "drop", null),
  ambiguous: fc.boolean(),
  called: fc.boolean(),
  attempt: fc.integer({ min: 1, max: 30 }),
  age: fc.integer({ min: 0, max: 1e8 }),
  chance: fc.double({ min: 0, max: 0.999, noNaN: true }),
  retryAfterMs: fc.option(fc.integer({ min: 0, max: 1e9 }), { nil: undefined }),
});

const decide = (given: typeof cases extends fc.Arbitrary<infer C> ? C : never) => {
  const endedAt = 1_700_000_000_000;
  const delivery = {
    attempt: given.attempt,
    ambiguous: given.ambiguous,
    first_call_at: endedAt - given.age,
    resent_at: null,
  } as Claimed;
  const ended = { delivery, ambiguous: given.ambiguous, called: given.called, startedAt: endedAt, endedAt };
  const error = new WendError(given.code, given.retryAfterMs === undefined ? {} : { retryAfterMs: given.retryAfterMs });
  return decideFailed(ended, error, { dedupe: given.dedupe, onUnknown: given.onUnknown, random: () => given.chance });
};

describe("what follows from a failed attempt, whatever the code, the action and the past", () => {
  it("is either settled or due again within a day, and told to a run only when settled", () => {
    fc.assert(
      fc.property(cases, (given) => {
        const outcome = decide(given);
        const pause = (outcome.dueAt ?? 0) - 1_700_000_000_000;
        if (outcome.state === "queued") expect(pause >= 0 && pause <= retryLimits.maxAgeMs).toBe(true);
        else expect(outcome.dueAt).toBeNull();
        expect(toldOutcome(outcome) === null).toBe(outcome.state === "queued");
      }),
    );
  });

  it("never repeats a call of unknown outcome that nothing makes safe, unless the connection says so", () => {
    fc.assert(
      fc.property(cases, (given) => {
        fc.pre(given.dedupe.by === "none" && given.onUnknown !== "resend");
        const outcome = decide(given);
        if (given.called && errorTable[given.code].retry === "ambiguous") {
          expect(outcome.state).toBe(given.onUnknown === "drop" ? "discarded" : "unknown");
        }
      }),
    );
  });

  it("forgets no earlier call of unknown outcome: it is not written off as failed or suppressed by what was never called", () => {
    fc.assert(
      fc.property(cases, (given) => {
        fc.pre(given.ambiguous && !given.called);
        const outcome = decide(given);
        expect(["queued", "unknown", "discarded"]).toContain(outcome.state);
        expect(outcome.ambiguous).toBe(true);
      }),
    );
  });

  it("stops after twenty attempts or a day, unless the credentials are refused", () => {
    fc.assert(
      fc.property(cases, (given) => {
        fc.pre(given.code !== "provider.unauthorized");
        fc.pre(given.attempt >= retryLimits.maxAttempts || given.age >= retryLimits.maxAgeMs);
        expect(decide(given).state).not.toBe("queued");
      }),
    );
  });

  it("waits a week for credentials to be corrected, whatever the number of attempts", () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 2 * retryLimits.maxRefusedMs }), (given, age) => {
        const outcome = decide({ ...given, code: "provider.unauthorized", age });
        const settled = given.ambiguous ? "unknown" : "failed";
        expect(outcome.state).toBe(age < retryLimits.maxRefusedMs ? "queued" : settled);
      }),
    );
  });
});

describe("the pause between attempts", () => {
  it("doubles up to an hour, and is never below half of that", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, chance) => {
          const full = Math.min(3_600_000, 1_000 * 2 ** Math.min(attempt - 1, 30));
          const pause = backoffMs(attempt, () => chance);
          expect(pause >= full / 2 && pause <= full).toBe(true);
        },
      ),
    );
  });
});
