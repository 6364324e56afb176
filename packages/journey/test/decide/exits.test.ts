import { describe, expect, test } from "vitest";
import type { JourneyDefinition } from "../../src/index.ts";
import { compileJourney, resolveExitNow } from "../../src/index.ts";
import { catalog } from "../support/catalog.ts";
import { definitionOf, journeyOf } from "../support/definition.ts";
import { DAY, eventAt, factsOf, HOUR, T0 } from "../support/facts.ts";
import { play } from "../support/player.ts";

const waiting = (changes: Partial<JourneyDefinition>): JourneyDefinition => ({
  ...journeyOf({
    type: "waitForEvent",
    branches: [{ event: "Bought", next: "answered" }],
    timeout: { after: "P7D", next: "late" },
  }),
  ...changes,
});

describe("goal and exits", () => {
  test("an exit pre-empts a delay at once, not when the delay ends", () => {
    const player = play(definitionOf({ exits: [{ name: "left", event: "Unsubscribed" }] }));
    player.enter();
    const decision = player.event(T0 + HOUR, "Unsubscribed");
    expect(decision).toMatchObject({
      kind: "ended",
      goal: false,
      run: { status: "ended", endedBy: "exit", outcome: "left", endedAt: T0 + HOUR, wakeAt: null },
      steps: [
        {
          seq: 1,
          nodeId: "pause",
          outcome: "exit",
          leftAt: T0 + HOUR,
          detail: { exit: "left", event: "Unsubscribed" },
        },
      ],
    });
    expect(player.timer(T0 + DAY).kind).toBe("ignored");
  });

  test("the goal is counted and ends the run", () => {
    const player = play(definitionOf({ goal: { event: "Bought" } }));
    player.enter();
    expect(player.event(T0 + HOUR, "Bought")).toMatchObject({
      kind: "ended",
      goal: true,
      run: { endedBy: "goal", outcome: "goal" },
    });
  });

  test("an exit beats a matching wait", () => {
    const player = play(waiting({ exits: [{ name: "left", event: "Bought" }] }));
    player.enter();
    expect(player.event(T0 + HOUR, "Bought").run.outcome).toBe("left");
  });

  test("an event that is both goal and exit is counted, then exits", () => {
    const player = play(waiting({ goal: { event: "Bought" }, exits: [{ name: "left", event: "Bought" }] }));
    player.enter();
    expect(player.event(T0 + HOUR, "Bought")).toMatchObject({ goal: true, run: { endedBy: "exit", outcome: "left" } });
  });

  test("of two exits that apply the first one is told", () => {
    const player = play(
      definitionOf({
        exits: [
          { name: "a", event: "Bought" },
          { name: "b", event: "Bought" },
        ],
      }),
    );
    player.enter();
    expect(player.event(T0 + HOUR, "Bought").run.outcome).toBe("a");
  });

  test("where and when both have to hold", () => {
    const large = { op: "gt", left: { ref: "signal.properties.total" }, right: 10 } as const;
    const pro = { op: "eq", left: { ref: "profile.plan" }, right: "pro" } as const;
    const definition = definitionOf({ goal: { event: "Bought", where: large, when: pro } });
    const outcomes = [
      [{ total: 11 }, "pro", "ended"],
      [{ total: 9 }, "pro", "ignored"],
      [{ total: 11 }, "free", "ignored"],
    ] as const;
    for (const [properties, plan, kind] of outcomes) {
      const player = play(definition, { traits: { plan } });
      player.enter();
      expect(player.event(T0 + HOUR, "Bought", properties).kind).toBe(kind);
    }
  });

  test("the entry event itself is neither goal nor exit of the run it starts", () => {
    const player = play(definitionOf({ goal: { event: "Signed Up" }, exits: [{ name: "left", event: "Signed Up" }] }));
    expect(player.enter()).toMatchObject({ kind: "moved", goal: false });
  });
});

describe("a condition without an event", () => {
  const paying = { op: "eq", left: { ref: "profile.plan" }, right: "pro" } as const;
  const definition = definitionOf({ goal: { when: paying } });

  test("is tested on every event, also on one that nobody waits for", () => {
    const player = play(definition);
    player.enter();
    expect(player.event(T0 + HOUR, "Looked").kind).toBe("ignored");
    player.set({ plan: "pro" });
    expect(player.event(T0 + 2 * HOUR, "Looked")).toMatchObject({ kind: "ended", goal: true });
  });

  test("is tested when the profile changed, and on a timer", () => {
    for (const kind of ["profile", "timer"] as const) {
      const player = play(definition);
      player.enter();
      player.set({ plan: "pro" });
      expect(player.signal({ kind, at: T0 + DAY })).toMatchObject({ kind: "ended", goal: true });
    }
  });

  test("ends a run that has just entered before its first node", () => {
    const player = play(definition, { traits: { plan: "pro" } });
    expect(player.enter()).toMatchObject({ kind: "ended", goal: true, steps: [], run: { seq: 0, endedBy: "goal" } });
  });

  test("ends the run as soon as its own update makes it true", () => {
    const node = { type: "updateProfile", set: { plan: "pro" }, next: "mail" } as const;
    const mail = {
      type: "send",
      connection: "mail",
      action: "send",
      input: { subject: "Hi", text: "…" },
      outcome: { policy: "continue" },
      next: "done",
    } as const;
    const player = play({ ...journeyOf(node, { mail }), goal: { when: paying } });
    expect(player.enter()).toMatchObject({ goal: true, deliveries: [], traits: { plan: "pro" } });
    expect(player.path).toEqual(["first changed"]);
  });

  test("ends the run when a variable it has just kept makes it true", () => {
    const wait = {
      type: "waitForEvent",
      branches: [{ event: "Paid", as: "order", next: "done" }],
      timeout: { after: "P1D", next: "done" },
    } as const;
    const large = { op: "gt", left: { ref: "vars.order.total" }, right: 10 } as const;
    const player = play({ ...journeyOf(wait), exits: [{ name: "large", when: large }] });
    player.enter();
    expect(player.event(T0 + HOUR, "Paid", { total: 11 }).run).toMatchObject({ endedBy: "exit", outcome: "large" });
    expect(player.path).toEqual(["first matched"]);
  });

  test("is what the send gate asks for again at claim", () => {
    const compile = (changes: Partial<JourneyDefinition>) =>
      compileJourney(definitionOf(changes), { version: 1, journeyId: "j", catalog });
    const facts = factsOf({ traits: { plan: "pro" }, history: [eventAt(T0, "Bought")] });
    const now = T0 + HOUR;
    const bought = { op: "did", event: "Bought" } as const;
    const ask = (changes: Partial<JourneyDefinition>) =>
      resolveExitNow({ version: compile(changes), run: { vars: {} }, facts, now });
    expect(ask({ goal: { when: paying } })).toEqual({ exit: null, goal: true });
    expect(ask({ exits: [{ name: "out", when: bought }] })).toEqual({ exit: "out", goal: false });
    expect(ask({ exits: [{ name: "out", event: "Bought", when: bought }] })).toEqual({ exit: null, goal: false });
    expect(ask({})).toEqual({ exit: null, goal: false });
  });
});
