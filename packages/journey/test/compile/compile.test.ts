import { describe, expect, test } from "vitest";
import type { JourneyDefinition } from "../../src/index.ts";
import { compileJourney } from "../../src/index.ts";
import { catalog } from "../support/catalog.ts";
import { definitionOf, journeyOf } from "../support/definition.ts";
import { DAY, HOUR } from "../support/facts.ts";

const compile = (definition: JourneyDefinition) => compileJourney(definition, { version: 2, journeyId: "j", catalog });

const rich: JourneyDefinition = {
  ...journeyOf(
    {
      type: "waitForEvent",
      branches: [{ event: "Paid", where: { op: "did", event: "Looked", within: "PT2H" }, as: "order", next: "check" }],
      timeout: { after: "P7D", next: "done" },
    },
    {
      check: {
        type: "split",
        branches: [
          { when: { op: "gt", left: { count: { event: "Looked", within: "PT5H" } }, right: 1 }, next: "mark" },
          { when: { op: "eq", left: { ref: "profile.plan" }, right: { ref: "event.properties.plan" } }, next: "mark" },
        ],
        else: "mail",
      },
      mark: { type: "updateProfile", set: { stage: 1 }, unset: ["old"], next: "mail" },
      mail: {
        type: "send",
        connection: "mail",
        action: "send",
        input: { subject: "Hi", text: "…" },
        outcome: { policy: "continue" },
        next: "done",
      },
    },
  ),
  triggers: [
    { type: "event", event: "Signed Up" },
    { type: "event", event: "Ordered", where: { op: "did", event: "Visited", within: "P1D" } },
    { type: "event", event: "Ordered" },
  ],
  filter: { op: "not", of: { op: "did", event: "Paid" } },
  exits: [{ name: "left", event: "Unsubscribed" }],
  goal: { event: "Upgraded" },
};

describe("what a version needs", () => {
  const version = compile(rich);

  test("history of runs, with the widest window", () => {
    expect([...version.needs.history]).toEqual([["Looked", 5 * HOUR]]);
  });

  test("history of entries, apart; a calendar window leaves room for clock changes", () => {
    const { entryHistory } = version.needs;
    expect([...entryHistory.keys()].sort()).toEqual(["Paid", "Visited"]);
    expect(entryHistory.get("Paid")).toBe(Number.POSITIVE_INFINITY);
    expect(entryHistory.get("Visited")).toBeGreaterThan(DAY);
    expect(entryHistory.get("Visited")).toBeLessThan(4 * DAY);
  });

  test("names of traits, events and connections", () => {
    expect([...version.needs.traits].sort()).toEqual(["old", "plan", "stage"]);
    expect([...version.needs.events].sort()).toEqual(
      ["Looked", "Ordered", "Paid", "Signed Up", "Unsubscribed", "Upgraded", "Visited"].sort(),
    );
    expect([...version.needs.connections]).toEqual(["mail"]);
  });

  test("the entry event only where a run reads it", () => {
    expect(version.needs.entryEvent).toBe(true);
    const where = { op: "exists", value: { ref: "event.properties.x" } } as const;
    const atEntry = definitionOf({ triggers: [{ type: "event", event: "A", where }], filter: where });
    expect(compile(atEntry).needs.entryEvent).toBe(false);
  });
});

describe("what a version listens to", () => {
  const version = compile(rich);

  test("are its waits, its exits and its goal, not its triggers", () => {
    expect([...version.listens].sort()).toEqual(["Paid", "Unsubscribed", "Upgraded"]);
  });

  test("is everything once a condition has no event", () => {
    const when = { op: "eq", left: { ref: "profile.plan" }, right: "pro" } as const;
    const conditional = compile(definitionOf({ goal: { when } }));
    expect(conditional.hasConditions).toBe(true);
    expect(compile(definitionOf({ goal: { event: "Paid", when } })).hasConditions).toBe(false);
  });
});

describe("nodes", () => {
  test("hold each other directly, in loops too", () => {
    const version = compile(
      journeyOf(
        { type: "waitForEvent", branches: [{ event: "A", next: "again" }], timeout: { after: "P1D", next: "done" } },
        { again: { type: "delay", for: "PT1H", next: "first" } },
      ),
    );
    const first = version.start;
    expect(first).toBe(version.nodes.get("first"));
    expect(first.type === "waitForEvent" && first.branches[0]!.next).toBe(version.nodes.get("again"));
    const again = version.nodes.get("again")!;
    expect(again.type === "delay" && again.next).toBe(first);
  });

  test("take channel, purpose and address from the action", () => {
    const node = {
      type: "send",
      connection: "mail",
      action: "send",
      input: {},
      outcome: { policy: "continue" },
      next: "done",
    } as const;
    expect(compile(journeyOf(node)).start).toMatchObject({
      channel: "email",
      purpose: "promotional",
      addressKind: "email",
      topic: null,
    });
    const gone = compile(journeyOf({ ...node, connection: "gone" })).start;
    expect(gone).toMatchObject({ channel: "unknown", purpose: "promotional", addressKind: null });
  });

  test("an edge that leads nowhere is refused with its place", () => {
    const definition = definitionOf({ nodes: { pause: { type: "delay", for: "PT1H", next: "gone" } } });
    expect(() => compile(definition)).toThrow(
      expect.objectContaining({
        code: "journey.invalid",
        problems: [expect.objectContaining({ code: "journey.dangling_edge", pointer: "/nodes/pause/next" })],
      }),
    );
  });
});

test("triggers of one event are kept together", () => {
  const { triggersByEvent } = compile(rich);
  expect([...triggersByEvent.keys()]).toEqual(["Signed Up", "Ordered"]);
  expect(triggersByEvent.get("Ordered")).toHaveLength(2);
});
