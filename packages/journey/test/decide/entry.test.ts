import { describe, expect, test } from "vitest";
import type { EventFact, JourneyDefinition, StoredEntry } from "../../src/index.ts";
import { compileJourney, decideEntry, startRun } from "../../src/index.ts";
import { catalog } from "../support/catalog.ts";
import { definitionOf } from "../support/definition.ts";
import type { FactsInput } from "../support/facts.ts";
import { DAY, eventAt, factsOf, HOUR, profileId, T0 } from "../support/facts.ts";

const compile = (changes: Partial<JourneyDefinition>) =>
  compileJourney(definitionOf(changes), { version: 3, journeyId: "j1", catalog });

interface Attempt extends FactsInput {
  readonly event?: EventFact;
  readonly entries?: { readonly [key: string]: StoredEntry };
}

function enter(changes: Partial<JourneyDefinition>, attempt: Attempt = {}) {
  const event = attempt.event ?? eventAt(T0, "Signed Up");
  return decideEntry({
    version: compile(changes),
    facts: factsOf(attempt),
    event,
    entry: (key) => attempt.entries?.[key],
  });
}

const ended = (enteredAt: number, changes: Partial<StoredEntry> = {}): { "": StoredEntry } => ({
  "": { runId: null, enteredAt, lastEvent: "earlier", ...changes },
});

describe("trigger and filter", () => {
  const large = { op: "gte", left: { ref: "event.properties.total" }, right: 100 } as const;
  const largeSignal = { op: "gte", left: { ref: "signal.properties.total" }, right: 100 } as const;

  test("an event that no trigger names is nothing", () => {
    expect(enter({}, { event: eventAt(T0, "Looked") })).toEqual({ kind: "none" });
  });

  test.each([large, largeSignal])("an event on which the predicate is false is nothing either", (where) => {
    const triggers = [{ type: "event", event: "Ordered", where }] as const;
    expect(enter({ triggers }, { event: eventAt(T0, "Ordered", { total: 99 }) })).toEqual({ kind: "none" });
    expect(enter({ triggers }, { event: eventAt(T0, "Ordered", { total: 100 }) })).toEqual({
      kind: "enter",
      entryKey: "",
    });
  });

  test("one of several triggers is enough", () => {
    const triggers = [
      { type: "event", event: "Ordered", where: large },
      { type: "event", event: "Ordered", where: { op: "exists", value: { ref: "event.properties.gift" } } },
    ] as const;
    expect(enter({ triggers }, { event: eventAt(T0, "Ordered", { gift: true }) }).kind).toBe("enter");
  });

  test("a profile the filter does not want is refused, on record", () => {
    const filter = { op: "eq", left: { ref: "profile.plan" }, right: "pro" } as const;
    expect(enter({ filter }, { traits: { plan: "free" } })).toEqual({
      kind: "refused",
      reason: "filter_false",
      detail: null,
    });
    expect(enter({ filter }, { traits: { plan: "pro" } }).kind).toBe("enter");
  });

  test("the filter sees history up to the event that triggers, itself included", () => {
    const filter = { op: "eq", left: { count: { event: "Signed Up" } }, right: 1 } as const;
    const event = eventAt(T0, "Signed Up");
    const later = eventAt(T0, "Signed Up");
    expect(enter({ filter }, { event, history: [event, later] }).kind).toBe("enter");
    expect(enter({ filter }, { event: later, history: [event, later] })).toMatchObject({ reason: "filter_false" });
  });
});

describe("entry key", () => {
  const entry = { key: { ref: "event.properties.orderId" }, reentry: "never" } as const;
  const order = (orderId: unknown) => eventAt(T0, "Signed Up", { orderId } as EventFact["properties"]);

  test.each([
    ["o-1", "o-1"],
    [17, "17"],
    [true, "true"],
  ])("%j becomes the key %j", (value, key) => {
    expect(enter({ entry }, { event: order(value) })).toEqual({ kind: "enter", entryKey: key });
  });

  test.each([[undefined], [null], [""], [["o-1"]], [{ id: 1 }], ["x".repeat(201)]])(
    "%j is no key, so there is no run",
    (value) => {
      const event = value === undefined ? eventAt(T0, "Signed Up") : order(value);
      expect(enter({ entry }, { event })).toMatchObject({ kind: "refused", reason: "entry_key_missing" });
    },
  );

  test("keeps runs apart: only a run with the same key stands in the way", () => {
    const entries = { "o-1": { runId: "r1", enteredAt: T0 - HOUR, lastEvent: "earlier" } };
    expect(enter({ entry }, { event: order("o-2"), entries }).kind).toBe("enter");
    expect(enter({ entry }, { event: order("o-1"), entries })).toMatchObject({
      kind: "refused",
      reason: "already_active",
    });
  });
});

describe("re-entry", () => {
  const active = ended(T0 - DAY, { runId: "r1" });

  test.each(["never", "afterExit", "always"] as const)("%s: no second run beside an active one", (reentry) => {
    expect(enter({ entry: { reentry } }, { entries: active })).toEqual({
      kind: "refused",
      reason: "already_active",
      detail: { runId: "r1" },
    });
  });

  test("never, which is also the rule of a journey without one: once and no more", () => {
    for (const changes of [{}, { entry: { reentry: "never" } }] as const) {
      expect(enter(changes, { entries: ended(T0 - 900 * DAY) })).toMatchObject({
        kind: "refused",
        reason: "reentry_never",
      });
      expect(enter(changes).kind).toBe("enter");
    }
  });

  test.each(["afterExit", "always"] as const)("%s: again once the run has ended", (reentry) => {
    expect(enter({ entry: { reentry } }, { entries: ended(T0 - 1) }).kind).toBe("enter");
  });

  test("an exact cooldown counts from the last entry, and ends exactly when it says", () => {
    const entry = { reentry: "afterExit", cooldown: "PT24H" } as const;
    const early = enter({ entry }, { entries: ended(T0 - DAY + 1) });
    expect(early).toEqual({ kind: "refused", reason: "cooldown", detail: { enteredAt: T0 - DAY + 1, until: T0 + 1 } });
    expect(enter({ entry }, { entries: ended(T0 - DAY) }).kind).toBe("enter");
  });

  test("a calendar cooldown follows the clock of the journey's zone", () => {
    const entry = { reentry: "afterExit", cooldown: "P1D" } as const;
    const before = Temporal.Instant.from("2026-03-28T09:00:00+01:00").epochMilliseconds;
    const attempt = (at: number) => enter({ entry }, { event: eventAt(at, "Signed Up"), entries: ended(before) }).kind;
    expect(attempt(before + 23 * HOUR - 1)).toBe("refused");
    expect(attempt(before + 23 * HOUR)).toBe("enter");
  });

  test("the event that started a run never starts another", () => {
    const event = eventAt(T0, "Signed Up");
    expect(enter({ entry: { reentry: "always" } }, { event, entries: ended(T0, { lastEvent: event.id }) })).toEqual({
      kind: "none",
    });
  });

  test("what is remembered is asked for only once trigger and filter have passed", () => {
    const version = compile({ filter: { op: "exists", value: { ref: "profile.plan" } } });
    const asked: string[] = [];
    const entry = (key: string) => {
      asked.push(key);
      return undefined;
    };
    for (const [name, traits] of [
      ["Looked", {}],
      ["Signed Up", {}],
      ["Signed Up", { plan: 1 }],
    ] as const) {
      decideEntry({ version, facts: factsOf({ traits }), event: eventAt(T0, name), entry });
    }
    expect(asked).toEqual([""]);
  });
});

test("a run starts at its first node, before its first visit, with nothing in its vars", () => {
  const event = eventAt(T0, "Signed Up");
  expect(startRun({ version: compile({}), id: "r1", profileId, entryKey: "k", event })).toEqual({
    id: "r1",
    journeyId: "j1",
    version: 3,
    profileId,
    entryKey: "k",
    status: "active",
    nodeId: "pause",
    since: T0,
    seq: 0,
    wakeAt: null,
    vars: {},
    visits: null,
    startedAt: T0,
    endedAt: null,
    endedBy: null,
    outcome: null,
    error: null,
  });
});
