import { describe, expect, test } from "vitest";
import type { EventFact, Json, JsonObject, Operand, Predicate } from "../../src/index.ts";
import { createGathered } from "../../src/predicate/compiling.ts";
import { compilePredicate } from "../../src/predicate/predicate.ts";
import type { Scope } from "../../src/predicate/scope.ts";
import { DAY, eventAt, HOUR, historyOf, profileId, T0 } from "../support/facts.ts";

const compile = (predicate: Predicate, timeZone = "Europe/Berlin") =>
  compilePredicate(predicate, { compile: compilePredicate, timeZone, phase: "run", gathered: createGathered() });

interface World {
  readonly traits?: JsonObject;
  readonly vars?: JsonObject;
  readonly entry?: EventFact;
  readonly signal?: EventFact;
  readonly history?: readonly EventFact[];
  readonly now?: number;
}

function scopeOf({ traits = {}, vars = {}, entry, signal, history = [], now = T0 }: World): Scope {
  return {
    profileId,
    traits,
    vars,
    entry,
    signal,
    item: undefined,
    history: historyOf(...history),
    now: signal?.receivedAt ?? now,
    upToId: signal?.id,
  };
}

const holds = (predicate: Predicate, world: World = {}) => compile(predicate)(scopeOf(world));

describe("comparisons", () => {
  type Row = readonly [left: Json, op: string, right: Json, holds: boolean];
  test.each<Row>([
    ["pro", "eq", "pro", true],
    ["pro", "eq", "Pro", false],
    [1, "eq", 1, true],
    [1, "eq", "1", false],
    [null, "eq", null, true],
    [0, "eq", false, false],
    [[1, { a: [2] }], "eq", [1, { a: [2] }], true],
    [{ a: 1, b: 2 }, "eq", { b: 2, a: 1 }, true],
    [{ a: 1 }, "eq", { a: 1, b: 2 }, false],
    [[1], "eq", { 0: 1 }, false],
    ["pro", "ne", "free", true],
    [1, "ne", "1", true],
    [[1], "ne", [1], false],
    [1, "lt", 2, true],
    [2, "lt", 2, false],
    [2, "lte", 2, true],
    [10, "gt", 9, true],
    ["10", "gt", "9", false],
    ["2026-01-02", "gt", "2026-01-01", true],
    [10, "gte", "9", false],
    [null, "lte", null, false],
    [true, "gte", false, false],
    ["pro", "in", ["free", "pro"], true],
    [{ a: 1 }, "in", [{ a: 1 }], true],
    ["pro", "in", "professional", false],
    [["a", "b"], "contains", "b", true],
    [["a", "b"], "contains", ["b"], false],
    ["abc", "contains", "bc", true],
    ["abc", "contains", 1, false],
    [5, "contains", 5, false],
    ["abc", "startsWith", "ab", true],
    ["abc", "endsWith", "ab", false],
    ["abc", "endsWith", "", true],
    [["a"], "startsWith", "a", false],
  ])("%j %s %j is %s", (...[left, op, right, expected]) => {
    const written = { op, left: { literal: left }, right: { literal: right } } as Predicate;
    const read = { op, left: { ref: "profile.left" }, right: { ref: "vars.right" } } as Predicate;
    expect(holds(written)).toBe(expected);
    expect(holds(read, { traits: { left }, vars: { right } })).toBe(expected);
  });
});

describe("what is missing", () => {
  const missing: Operand = { ref: "profile.nothing" };

  test.each(["eq", "ne", "lt", "lte", "gt", "gte", "in", "contains", "startsWith", "endsWith"] as const)(
    "makes %s false on either side",
    (op) => {
      expect(holds({ op, left: missing, right: ["a"] })).toBe(false);
      expect(holds({ op, left: "a", right: missing })).toBe(false);
      expect(holds({ op, left: missing, right: missing })).toBe(false);
    },
  );

  test("is told from null by exists", () => {
    expect(holds({ op: "exists", value: missing })).toBe(false);
    expect(holds({ op: "exists", value: { ref: "profile.gone" } }, { traits: { gone: null } })).toBe(true);
  });

  test("is what a path through a scalar, a list's end or no event at all leads to", () => {
    const world = { traits: { plan: "pro", tags: ["a"], none: null } };
    for (const ref of ["profile.plan.name", "profile.tags.1", "profile.none.x", "event.name", "signal.properties.x"]) {
      expect([ref, holds({ op: "exists", value: { ref } }, world)]).toEqual([ref, false]);
    }
  });
});

describe("references", () => {
  const order = eventAt(T0 - HOUR, "Ordered", { total: 12.5, items: [{ sku: "x" }], "a.b": 1 });
  const world = {
    traits: { plan: "pro", address: { city: "Ulm" } },
    vars: { o: { n: 1 } },
    entry: order,
    signal: order,
  };

  test.each<readonly [string, Json]>([
    ["profile.plan", "pro"],
    ["profile.id", profileId],
    ["profile.address.city", "Ulm"],
    ["event.name", "Ordered"],
    ["event.id", order.id],
    ["event.receivedAt", T0 - HOUR],
    ["event.occurredAt", T0 - HOUR],
    ["event.properties.total", 12.5],
    ["event.properties.items.0.sku", "x"],
    ["event.properties.items.length", 1],
    ["event.properties.a\\.b", 1],
    ["signal.properties.total", 12.5],
    ["vars.o.n", 1],
  ])("%s reads %j", (ref, value) => {
    expect(holds({ op: "eq", left: { ref }, right: { literal: value } }, world)).toBe(true);
  });

  test.each([
    "profile.toString",
    "profile.__proto__",
    "profile.constructor.name",
    "vars.o.hasOwnProperty",
    "profile.plan.length",
  ])("%s is missing: only own properties count", (ref) => {
    expect(holds({ op: "exists", value: { ref } }, world)).toBe(false);
  });
});

describe("all, any, not", () => {
  const yes: Predicate = { op: "eq", left: 1, right: 1 };
  const no: Predicate = { op: "eq", left: 1, right: 2 };

  test("combine as their names say", () => {
    expect(holds({ op: "all", of: [yes, yes] })).toBe(true);
    expect(holds({ op: "all", of: [yes, no] })).toBe(false);
    expect(holds({ op: "any", of: [no, yes] })).toBe(true);
    expect(holds({ op: "any", of: [no, no] })).toBe(false);
    expect(holds({ op: "not", of: no })).toBe(true);
  });
});

describe("history", () => {
  const orders = [
    eventAt(T0 - 40 * DAY, "Ordered", { total: 5 }),
    eventAt(T0 - 30 * DAY, "Ordered", { total: 10 }),
    eventAt(T0 - HOUR, "Ordered", { total: 20 }),
    eventAt(T0 - HOUR, "Ordered", { total: "a lot" }),
  ];
  const world = { history: orders };
  const count = (query: object): Operand => ({ count: { event: "Ordered", ...query } });

  test("did tells whether there are enough events", () => {
    expect(holds({ op: "did", event: "Ordered" }, world)).toBe(true);
    expect(holds({ op: "did", event: "Ordered", times: 4 }, world)).toBe(true);
    expect(holds({ op: "did", event: "Ordered", times: 5 }, world)).toBe(false);
    expect(holds({ op: "did", event: "Returned" }, world)).toBe(false);
  });

  test("a window is inclusive at its far end", () => {
    expect(holds({ op: "eq", left: count({ within: "PT720H" }), right: 3 }, world)).toBe(true);
    expect(holds({ op: "eq", left: count({ within: "PT719H59M59.999S" }), right: 2 }, world)).toBe(true);
    expect(holds({ op: "eq", left: count({ within: "P30D" }), right: 3 }, world)).toBe(true);
  });

  test("where is tested on each event, which is `item`", () => {
    const large: Predicate = { op: "gte", left: { ref: "item.properties.total" }, right: 10 };
    expect(holds({ op: "eq", left: count({ where: large }), right: 2 }, world)).toBe(true);
    expect(holds({ op: "did", event: "Ordered", where: large, times: 2 }, world)).toBe(true);
    expect(holds({ op: "did", event: "Ordered", where: large, times: 3 }, world)).toBe(false);
    expect(holds({ op: "eq", left: count({ where: large, within: "P1D" }), right: 1 }, world)).toBe(true);
  });

  test("where may compare with the entry event, the profile and the signal", () => {
    const same: Predicate = {
      op: "eq",
      left: { ref: "item.properties.total" },
      right: { ref: "event.properties.total" },
    };
    expect(holds({ op: "did", event: "Ordered", where: same }, { ...world, entry: orders[1]! })).toBe(true);
    expect(holds({ op: "did", event: "Ordered", where: same }, world)).toBe(false);
  });

  test("a sum adds what is a number, and is 0 without any", () => {
    const sum = (query: object): Operand => ({ sum: { event: "Ordered", of: "properties.total", ...query } });
    expect(holds({ op: "eq", left: sum({}), right: 35 }, world)).toBe(true);
    expect(holds({ op: "eq", left: sum({ within: "P1D" }), right: 20 }, world)).toBe(true);
    expect(holds({ op: "eq", left: sum({}), right: 0 }, {})).toBe(true);
  });

  test("only events up to the signal are seen: by receive time, then by id", () => {
    const [, second, third, fourth] = orders;
    expect(holds({ op: "eq", left: count({}), right: 2 }, { ...world, signal: second! })).toBe(true);
    expect(holds({ op: "eq", left: count({}), right: 3 }, { ...world, signal: third! })).toBe(true);
    expect(holds({ op: "eq", left: count({}), right: 4 }, { ...world, signal: fourth! })).toBe(true);
  });

  test("a timer sees every event of its own instant", () => {
    expect(holds({ op: "eq", left: count({}), right: 4 }, { ...world, now: T0 - HOUR })).toBe(true);
    expect(holds({ op: "eq", left: count({}), right: 2 }, { ...world, now: T0 - HOUR - 1 })).toBe(true);
  });

  test("calendar windows follow the clock of the zone over a change", () => {
    const night = Temporal.Instant.from("2026-03-29T09:00:00+02:00").epochMilliseconds;
    const event = eventAt(night - 23 * HOUR, "Ordered");
    const before = eventAt(night - 23 * HOUR - 1, "Opened");
    const day = { history: [event, before], now: night };
    expect(holds({ op: "did", event: "Ordered", within: "P1D" }, day)).toBe(true);
    expect(holds({ op: "did", event: "Opened", within: "P1D" }, day)).toBe(false);
    expect(holds({ op: "did", event: "Opened", within: "PT24H" }, day)).toBe(true);
  });
});
