import { WendError } from "@wend/plugin";
import { describe, expect, test } from "vitest";
import type { JourneyDefinition, JourneyProblemCode } from "../../src/index.ts";
import { journeyProblemTable, limits, parseJourney, validateJourney } from "../../src/index.ts";
import { catalog } from "../support/catalog.ts";
import { definitionOf, journeyOf } from "../support/definition.ts";

const send = {
  type: "send",
  connection: "mail",
  action: "send",
  input: { subject: "Hello {{ profile.name }}", text: "…" },
  outcome: { policy: "continue" },
  next: "done",
} as const;

const find = {
  type: "send",
  connection: "desk",
  action: "find",
  input: {},
  as: "found",
  outcome: { policy: "exit" },
  next: "done",
} as const;

/** Reads what `find` has kept. */
const reading = (ref: string) => ({
  ...journeyOf(find),
  exits: [{ name: "out", when: { op: "exists", value: { ref } } }],
});

/** What is found, as `code pointer`. */
const found = (input: unknown) => validateJourney(input, catalog).map(({ code, pointer }) => `${code} ${pointer}`);

const withWhen = (when: unknown) =>
  ({ ...definitionOf(), exits: [{ name: "out", when }] }) as unknown as JourneyDefinition;

const nested = (levels: number): unknown =>
  levels === 0 ? { op: "exists", value: { ref: "profile.plan" } } : { op: "not", of: nested(levels - 1) };

type Case = readonly [code: JourneyProblemCode, pointer: string, input: unknown];

const cases: readonly Case[] = [
  ["journey.missing_field", "/name", { ...definitionOf(), name: undefined }],
  ["journey.missing_field", "/nodes/first/for", journeyOf({ type: "delay", next: "done" } as never)],
  ["journey.missing_field", "/exits/0/when/op", withWhen({ left: 1, right: 1 })],
  ["journey.invalid_field", "", "a journey"],
  ["journey.invalid_field", "", [definitionOf()]],
  ["journey.invalid_field", "/name", definitionOf({ name: 5 as never })],
  ["journey.invalid_field", "/entry/reentry", definitionOf({ entry: { reentry: "sometimes" as never } })],
  ["journey.invalid_field", "/nodes/first/branches", journeyOf({ type: "split", branches: [], else: "done" })],
  [
    "journey.invalid_field",
    "/nodes/first/branches/0/weight",
    journeyOf({ type: "randomSplit", branches: [{ weight: -1, next: "done" }] }),
  ],
  [
    "journey.invalid_field",
    "/nodes/first/branches/0/as",
    journeyOf({
      type: "waitForEvent",
      branches: [{ event: "Paid", as: "the order", next: "done" }],
      timeout: { after: "PT1H", next: "done" },
    }),
  ],
  ["journey.unknown_field", "/capacity", { ...definitionOf(), capacity: 5 }],
  [
    "journey.unknown_field",
    "/nodes/first/until",
    journeyOf({ type: "delay", for: "PT1H", next: "done", until: 1 } as never),
  ],
  [
    "journey.forbidden_key",
    "/nodes/__proto__",
    JSON.parse(JSON.stringify(definitionOf()).replace('"pause":{', '"__proto__":{')),
  ],
  [
    "journey.forbidden_key",
    "/nodes/first/set/constructor",
    journeyOf({ type: "updateProfile", set: { constructor: 1 }, next: "done" }),
  ],
  ["journey.bad_text", "/name", definitionOf({ name: "a\u0000b" })],
  ["journey.bad_text", "/name", definitionOf({ name: "a\uD800b" })],
  ["journey.too_deep", "/exits/0/when".concat("/of".repeat(62)), withWhen(nested(100))],
  ["journey.too_large", "", definitionOf({ exits: Array.from({ length: limits.jsonValues }, () => 1) as never })],
  ["journey.limit_exceeded", "/name", definitionOf({ name: "x".repeat(201) })],
  ["journey.limit_exceeded", "/nodes", definitionOf({ nodes: manyNodes(limits.nodes + 1), start: "n0" })],
  ["journey.no_trigger", "/triggers", definitionOf({ triggers: [] })],
  ["journey.no_trigger", "/triggers", { ...definitionOf(), triggers: undefined }],
  ["journey.missing_time_zone", "/timeZone", { ...definitionOf(), timeZone: undefined }],
  ["journey.unknown_time_zone", "/timeZone", definitionOf({ timeZone: "Mars/Olympus" })],
  ["journey.unknown_time_zone", "/timeZone", definitionOf({ timeZone: "+02:00" })],
  ["journey.bad_duration", "/nodes/first/for", journeyOf({ type: "delay", for: "1 day", next: "done" })],
  ["journey.bad_duration", "/nodes/first/for", journeyOf({ type: "delay", for: "PT0S", next: "done" })],
  ["journey.bad_duration", "/nodes/first/for", journeyOf({ type: "delay", for: "-P1D", next: "done" })],
  ["journey.bad_duration", "/nodes/first/for", journeyOf({ type: "delay", for: "P2000Y", next: "done" })],
  ["journey.bad_duration", "/entry/cooldown", definitionOf({ entry: { reentry: "always", cooldown: "P" } })],
  ["journey.bad_duration", "/exits/0/when/within", withWhen({ op: "did", event: "Paid", within: "30d" })],
  ["journey.unknown_node_type", "/nodes/first/type", journeyOf({ type: "teleport", next: "done" } as never)],
  ["journey.unknown_op", "/exits/0/when/op", withWhen({ op: "matches", left: 1, right: 1 })],
  ["journey.unknown_op", "/exits/0/when/of/op", withWhen({ op: "not", of: { op: "regex" } })],
  ["journey.bad_operand", "/exits/0/when/left", withWhen({ op: "eq", left: { trait: "plan" }, right: 1 })],
  ["journey.bad_operand", "/exits/0/when/left", withWhen({ op: "eq", left: {}, right: 1 })],
  ["journey.invalid_field", "/exits/0/when/left/ref", withWhen({ op: "eq", left: { ref: 5 }, right: 1 })],
  [
    "journey.missing_field",
    "/exits/0/when/left/sum/of",
    withWhen({ op: "gt", left: { sum: { event: "Paid" } }, right: 1 }),
  ],
  ["journey.dangling_edge", "/start", definitionOf({ start: "nowhere" })],
  [
    "journey.dangling_edge",
    "/nodes/pause/next",
    definitionOf({ nodes: { pause: { type: "delay", for: "PT1H", next: "gone" } } }),
  ],
  [
    "journey.dangling_edge",
    "/nodes/first/outcome/failed",
    definitionOf({
      start: "first",
      nodes: {
        first: { ...send, outcome: { policy: "branch", failed: "gone", suppressed: "done" } },
        done: { type: "end", outcome: "x" },
      },
    }),
  ],
  [
    "journey.unreachable_node",
    "/nodes/island~1one",
    definitionOf({ nodes: { ...definitionOf().nodes, "island/one": { type: "end", outcome: "x" } } }),
  ],
  [
    "journey.loop_without_delay",
    "/nodes/first",
    journeyOf(
      { type: "updateProfile", set: { a: 1 }, next: "again" },
      {
        again: {
          type: "split",
          branches: [{ when: { op: "exists", value: { ref: "profile.b" } }, next: "done" }],
          else: "first",
        },
      },
    ),
  ],
  ["journey.loop_without_delay", "/nodes/first", journeyOf({ ...send, next: "first", outcome: { policy: "exit" } })],
  [
    "journey.wait_without_timeout",
    "/nodes/first/timeout",
    journeyOf({ type: "waitForEvent", branches: [{ event: "Paid", next: "done" }] } as never),
  ],
  [
    "journey.split_without_else",
    "/nodes/first/else",
    journeyOf({ type: "split", branches: [{ when: { op: "did", event: "Paid" }, next: "done" }] } as never),
  ],
  ["journey.send_without_outcome", "/nodes/first/outcome", journeyOf({ ...send, outcome: undefined } as never)],
  [
    "journey.send_without_outcome",
    "/nodes/first/outcome",
    journeyOf({ type: "webhook", connection: "hook", input: { body: {} }, next: "done" } as never),
  ],
  [
    "journey.send_without_address",
    "/nodes/first/action",
    journeyOf({ ...send, connection: "crm", action: "note", input: { body: 1 } }),
  ],
  ["journey.unknown_connection", "/nodes/first/connection", journeyOf({ ...send, connection: "pigeon" })],
  ["journey.unknown_connection", "/nodes/first/connection", journeyOf({ ...send, connection: "toString" })],
  ["journey.unknown_action", "/nodes/first/action", journeyOf({ ...send, action: "fax" })],
  ["journey.unknown_action", "/nodes/first/action", journeyOf({ ...send, connection: "both", action: "toString" })],
  ["route.action_missing", "/nodes/first/action", journeyOf({ ...send, connection: "both", action: "fax" })],
  [
    "journey.unknown_action",
    "/nodes/first/action",
    journeyOf({ type: "webhook", connection: "mail", input: {}, outcome: { policy: "continue" }, next: "done" }),
  ],
  ["journey.invalid_input", "/nodes/first/input/subject", journeyOf({ ...send, input: { subject: "", text: "" } })],
  ["journey.invalid_input", "/nodes/first/input/text", journeyOf({ ...send, input: { subject: "Hi" } })],
  [
    "journey.unknown_field",
    "/nodes/first/input/replyTO",
    journeyOf({ ...send, input: { subject: "Hi", text: "Hi", replyTO: "x" } }),
  ],
  [
    "journey.duplicate_label",
    "/nodes/first/branches/1/label",
    journeyOf({
      type: "randomSplit",
      branches: [
        { label: "a", weight: 1, next: "done" },
        { label: "a", weight: 1, next: "done" },
      ],
    }),
  ],
  [
    "journey.duplicate_label",
    "/nodes/first/branches/0/label",
    journeyOf({
      type: "split",
      branches: [{ label: "else", when: { op: "did", event: "Paid" }, next: "done" }],
      else: "done",
    }),
  ],
  [
    "journey.duplicate_exit",
    "/exits/1/name",
    definitionOf({
      exits: [
        { name: "out", event: "A" },
        { name: "out", event: "B" },
      ],
    }),
  ],
  [
    "journey.zero_weights",
    "/nodes/first/branches",
    journeyOf({
      type: "randomSplit",
      branches: [
        { weight: 0, next: "done" },
        { weight: 0, next: "done" },
      ],
    }),
  ],
  ["journey.empty_exit", "/exits/0", definitionOf({ exits: [{ name: "out" }] })],
  ["journey.empty_exit", "/goal", definitionOf({ goal: {} })],
  ["journey.where_without_event", "/goal/where", definitionOf({ goal: { where: { op: "did", event: "Paid" } } })],
  ["journey.empty_update", "/nodes/first", journeyOf({ type: "updateProfile", set: {}, next: "done" })],
  ["journey.bad_ref", "/exits/0/when/value/ref", withWhen({ op: "exists", value: { ref: "profile" } })],
  ["journey.bad_ref", "/exits/0/when/value/ref", withWhen({ op: "exists", value: { ref: "profile..plan" } })],
  ["journey.bad_ref", "/exits/0/when/value/ref", withWhen({ op: "exists", value: { ref: "profile.__proto__.x" } })],
  ["journey.bad_ref", "/exits/0/when/value/ref", withWhen({ op: "exists", value: { ref: "event.plan" } })],
  [
    "journey.bad_ref",
    "/exits/0/when/left/sum/of",
    withWhen({ op: "gt", left: { sum: { event: "A", of: "total" } }, right: 1 }),
  ],
  ["journey.unknown_ref_root", "/exits/0/when/value/ref", withWhen({ op: "exists", value: { ref: "customer.plan" } })],
  [
    "journey.ref_unavailable",
    "/exits/0/when/value/ref",
    withWhen({ op: "exists", value: { ref: "signal.properties.x" } }),
  ],
  [
    "journey.ref_unavailable",
    "/exits/0/when/value/ref",
    withWhen({ op: "exists", value: { ref: "item.properties.x" } }),
  ],
  [
    "journey.ref_unavailable",
    "/filter/value/ref",
    definitionOf({ filter: { op: "exists", value: { ref: "vars.order.id" } } }),
  ],
  ["journey.unknown_var", "/exits/0/when/value/ref", withWhen({ op: "exists", value: { ref: "vars.order.id" } })],
  ["journey.output_not_awaited", "/nodes/first/as", journeyOf({ ...find, outcome: { policy: "continue" } })],
  [
    "journey.output_not_kept",
    "/nodes/first/as",
    journeyOf({ ...find, connection: "hook", action: "post", input: { body: 1 } }),
  ],
  ["journey.unknown_output_field", "/exits/0/when/value/ref", reading("vars.found.tikets")],
  [
    "journey.nested_history",
    "/exits/0/when/where",
    withWhen({ op: "did", event: "A", where: { op: "did", event: "B" } }),
  ],
  [
    "journey.predicate_too_deep",
    "/exits/0/when".concat("/of".repeat(limits.predicateDepth)),
    withWhen(nested(limits.predicateDepth)),
  ],
  ["journey.bad_entry_key", "/entry/key", definitionOf({ entry: { key: "orders", reentry: "always" } })],
  [
    "journey.bad_entry_key",
    "/entry/key",
    definitionOf({ entry: { key: { count: { event: "A" } }, reentry: "always" } }),
  ],
];

function manyNodes(count: number): JourneyDefinition["nodes"] {
  const entries = Array.from({ length: count }, (_, index) => [
    `n${index}`,
    index === count - 1
      ? ({ type: "end", outcome: "x" } as const)
      : ({ type: "delay", for: "PT1H", next: `n${index + 1}` } as const),
  ]);
  return Object.fromEntries(entries);
}

describe("every fault has its code and points at its place", () => {
  test.each(cases)("%s at %s", (code, pointer, input) => {
    const problems = validateJourney(input, catalog);
    expect(problems.map((problem) => `${problem.code} ${problem.pointer}`)).toContain(`${code} ${pointer}`);
    const problem = problems.find((candidate) => candidate.code === code)!;
    expect(problem.message).toContain(journeyProblemTable[code].message);
    expect(problem.fix).toBe(journeyProblemTable[code].fix);
  });

  test("no code of the table is without a case", () => {
    const covered = new Set(cases.map(([code]) => code));
    expect(Object.keys(journeyProblemTable).filter((code) => !covered.has(code as JourneyProblemCode))).toEqual([]);
  });
});

describe("a definition that is right", () => {
  test("has no problem", () => {
    expect(found(definitionOf())).toEqual([]);
    expect(found(journeyOf(send))).toEqual([]);
  });

  test.each([
    "tickets",
    "tickets.length",
    "tickets.0.ticket",
    "tickets.0.priority",
    "owner.name",
    "owner.team",
    "fields.anything",
    "raw.id",
    "raw.anything.inside",
  ])("may read %s of what an action returns", (path) => {
    expect(found(reading(`vars.found.${path}`))).toEqual([]);
  });

  test.each([
    ["tikets", "There it has: tickets, owner, fields, note, raw"],
    ["tickets.first", "There it has: 0, length"],
    ["tickets.0.id", "There it has: ticket, priority"],
    ["owner.age", "There it has: name, team"],
    ["fields.a.b", "There is nothing inside"],
    ["note.length", "There is nothing inside"],
  ])("may not read %s of it, which is not there", (path, says) => {
    const [problem, ...more] = validateJourney(reading(`vars.found.${path}`), catalog);
    expect(problem).toMatchObject({ code: "journey.unknown_output_field", message: expect.stringContaining(says) });
    expect(more).toEqual([]);
  });

  test("may read anything of what more than one node keeps under a name, or where no connections are known", () => {
    const wait = {
      type: "waitForEvent",
      branches: [{ event: "Told", as: "found", next: "first" }],
      timeout: { after: "PT1H", next: "first" },
    } as const;
    const definition = { ...reading("vars.found.tikets"), start: "wait" };
    expect(found({ ...definition, nodes: { ...definition.nodes, wait } })).toEqual([]);
    expect(validateJourney(reading("vars.found.tikets"))).toEqual([]);
  });

  test("may wait for three years, and for calendar days", () => {
    expect(found(journeyOf({ type: "delay", for: "P3Y", next: "done" }))).toEqual([]);
    expect(found(journeyOf({ type: "delay", for: "P2DT12H", next: "done" }))).toEqual([]);
  });

  test("may loop, as long as something in the loop waits", () => {
    const wait = {
      type: "waitForEvent",
      branches: [{ event: "Ordered", next: "count" }],
      timeout: { after: "P30D", next: "done" },
    } as const;
    const count = { type: "updateProfile", increment: { orders: 1 }, next: "first" } as const;
    expect(found(journeyOf(wait, { count }))).toEqual([]);
  });

  test("has as many nodes as the limit says", () => {
    expect(found(definitionOf({ nodes: manyNodes(limits.nodes), start: "n0" }))).toEqual([]);
  });

  test("is not checked against connections without a catalog", () => {
    expect(validateJourney(journeyOf({ ...send, connection: "pigeon" }))).toEqual([]);
  });
});

test("all problems come in one answer, also where the shape is broken", () => {
  const problems = found({
    ...definitionOf(),
    timeZone: "Nowhere",
    triggers: [],
    filter: { op: "eq", left: { ref: "customer.plan" }, right: 1 },
    surprise: true,
    start: "first",
    nodes: {
      first: { ...send, connection: "pigeon", next: "wait" },
      wait: {
        type: "waitForEvent",
        branches: [{ event: "A", where: { op: "gt", left: { ref: "oops.x" }, right: 1 }, next: "gone" }],
      },
      island: { type: "split", branches: [{ when: { op: "eq", left: 1 }, next: "island" }] },
    },
  });
  expect(problems.sort()).toEqual(
    [
      "journey.unknown_time_zone /timeZone",
      "journey.no_trigger /triggers",
      "journey.unknown_field /surprise",
      "journey.unknown_ref_root /filter/left/ref",
      "journey.unknown_connection /nodes/first/connection",
      "journey.wait_without_timeout /nodes/wait/timeout",
      "journey.unknown_ref_root /nodes/wait/branches/0/where/left/ref",
      "journey.dangling_edge /nodes/wait/branches/0/next",
      "journey.split_without_else /nodes/island/else",
      "journey.missing_field /nodes/island/branches/0/when/right",
      "journey.unreachable_node /nodes/island",
      "journey.loop_without_delay /nodes/island",
    ].sort(),
  );
});

test("a schema of a plugin that throws is a problem of the input, not of the checker", () => {
  const throwing = {
    connections: {
      mail: {
        plugin: "odd",
        actions: {
          send: {
            ...catalog.connections.mail!.actions.send!,
            input: {
              safeParse: () => {
                throw new Error("async");
              },
            } as never,
          },
        },
      },
    },
  };
  expect(validateJourney(journeyOf(send), throwing).map(({ code }) => code)).toEqual(["journey.invalid_input"]);
});

describe("parseJourney", () => {
  test("returns the definition", () => {
    expect(parseJourney(definitionOf())).toEqual(definitionOf());
  });

  test("throws journey.invalid with every problem", () => {
    const bad = { ...definitionOf(), triggers: [], start: "nowhere" };
    const error = catchError(() => parseJourney(bad));
    expect(error).toBeInstanceOf(WendError);
    expect(error).toMatchObject({ code: "journey.invalid", problems: validateJourney(bad) });
  });
});

function catchError(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
