import fc from "fast-check";
import { expect, test } from "vitest";
import type { EventFact, Json } from "../../src/index.ts";
import { createGathered } from "../../src/predicate/compiling.ts";
import { compilePredicate } from "../../src/predicate/predicate.ts";
import { DAY, HOUR, historyOf } from "../support/facts.ts";
import { anyPredicate } from "../support/random-predicate.ts";
import type { World } from "./interpreter.ts";
import { interpret } from "./interpreter.ts";

const timeZone = "Europe/Berlin";
// The clocks change inside the windows.
const now = Date.UTC(2026, 2, 29, 12);

const value = fc.constantFrom<Json>("pro", "free", "", 0, 1, 10, 2.5, null, true, ["pro", 1], ["vip", "pro"], {
  city: "Ulm",
});
const object = (...keys: readonly string[]) =>
  fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] });

// Many events share an instant, some of them with the signal.
const event = fc.record({
  name: fc.constantFrom("A", "B", "C"),
  back: fc.constantFrom(0, 0, HOUR, DAY - HOUR, DAY, 30 * DAY - HOUR, 40 * DAY, -HOUR),
  properties: object("total", "plan"),
});

const worlds = fc
  .record({
    traits: object("plan", "visits", "tags", "address"),
    vars: fc.record({ order: object("total") }, { requiredKeys: [] }),
    events: fc.array(event, { maxLength: 12 }),
    entry: fc.option(fc.nat(), { nil: undefined }),
    signal: fc.option(fc.nat(), { nil: undefined }),
  })
  .map(({ traits, vars, events, entry, signal }): World => {
    const history = events.map(
      ({ name, back, properties }, index): EventFact => ({
        id: `e${index}`.padStart(4, "0"),
        name,
        receivedAt: now - back,
        occurredAt: now - back,
        properties: properties as EventFact["properties"],
      }),
    );
    const pick = (chance: number | undefined) => (chance === undefined ? undefined : history[chance % history.length]);
    const arriving = pick(signal);
    return {
      profile: { ...(traits as World["profile"]), id: "p" },
      vars: vars as World["vars"],
      event: pick(entry),
      signal: arriving,
      history,
      now: arriving?.receivedAt ?? now,
      timeZone,
    };
  });

function compiled(predicate: Parameters<typeof interpret>[0], world: World): boolean {
  const test = compilePredicate(predicate, {
    compile: compilePredicate,
    timeZone,
    phase: "run",
    gathered: createGathered(),
  });
  const { id, ...traits } = world.profile;
  return test({
    profileId: String(id),
    traits,
    vars: world.vars,
    entry: world.event,
    signal: world.signal,
    item: undefined,
    history: historyOf(...world.history),
    now: world.now,
    upToId: world.signal?.id,
  });
}

test("a compiled predicate says what a naive interpreter says", () => {
  const verdicts = { true: 0, false: 0 };
  fc.assert(
    fc.property(anyPredicate(["profile", "event", "vars", "signal"]), worlds, (predicate, world) => {
      const verdict = interpret(predicate, world);
      verdicts[`${verdict}`] += 1;
      expect(compiled(predicate, world)).toBe(verdict);
    }),
    { numRuns: 3_000 },
  );
  // Otherwise the worlds would be too poor to tell anything.
  expect(Math.min(verdicts.true, verdicts.false)).toBeGreaterThan(300);
});
