import { WendError } from "@wend/plugin";
import { describe, expect, test } from "vitest";
import type { Facts } from "../../src/index.ts";
import { compileJourney, decide, limits, startRun } from "../../src/index.ts";
import { catalog } from "../support/catalog.ts";
import { definitionOf, journeyOf } from "../support/definition.ts";
import { DAY, eventAt, factsOf, HOUR, profileId, T0 } from "../support/facts.ts";
import { play } from "../support/player.ts";

const mail = {
  type: "send",
  connection: "mail",
  action: "send",
  input: { subject: "Hi", text: "…" },
  outcome: { policy: "continue" },
} as const;

describe("a node that fails", () => {
  const definition = journeyOf(
    { ...mail, next: "count" },
    { count: { type: "updateProfile", increment: { plan: 1 }, next: "done" } },
  );

  test("parks the run there; what the nodes before it did stands", () => {
    const player = play(definition, { traits: { plan: "pro" } });
    const decision = player.enter();
    expect(decision.kind).toBe("failed");
    expect(decision.deliveries).toHaveLength(1);
    expect(player.path).toEqual(["first planned", "count failed"]);
    expect(player.run).toMatchObject({ status: "failed", nodeId: "count", seq: 2, wakeAt: null, endedAt: null });
  });

  test("is visited again by a retry, as a new visit; what came before is not repeated", () => {
    const player = play(definition, { traits: { plan: "pro" } });
    player.enter();
    player.set({ plan: 1 });
    const decision = player.signal({ kind: "retry", at: T0 + DAY });
    expect(decision.deliveries).toEqual([]);
    expect(decision.run).toMatchObject({ status: "ended", outcome: "done", seq: 4, error: null });
    expect(decision.steps.map(({ seq, nodeId }) => [seq, nodeId])).toEqual([
      [3, "count"],
      [4, "done"],
    ]);
  });

  test("holds timers, outcomes and events it waits for off", () => {
    const player = play({ ...definition, goal: { event: "Bought" } }, { traits: { plan: "pro" } });
    player.enter();
    expect(player.event(T0 + 1, "Looked").kind).toBe("ignored");
    expect(player.timer(T0 + DAY).kind).toBe("ignored");
    expect(player.outcome("accepted", 2).kind).toBe("ignored");
    expect(player.run.status).toBe("failed");
  });

  test("does not keep the run from its goal, which a visit of its own records", () => {
    const player = play({ ...definition, goal: { event: "Bought" } }, { traits: { plan: "pro" } });
    player.enter();
    const decision = player.event(T0 + 1, "Bought");
    expect(decision).toMatchObject({ kind: "ended", goal: true, deliveries: [], traits: undefined });
    expect(decision.run).toMatchObject({ status: "ended", endedBy: "goal", seq: 3, error: null, endedAt: T0 + 1 });
    expect(decision.steps).toMatchObject([{ seq: 3, nodeId: "count", outcome: "goal", detail: { event: "Bought" } }]);
  });

  test("does not keep the run from an exit, by an event or by the profile alone", () => {
    const exits = [
      { name: "left", event: "Unsubscribed" },
      { name: "banned", when: { op: "exists", value: { ref: "profile.banned" } } },
    ] as const;
    const byEvent = play({ ...definition, exits }, { traits: { plan: "pro" } });
    byEvent.enter();
    expect(byEvent.event(T0 + 1, "Unsubscribed").run).toMatchObject({ endedBy: "exit", outcome: "left" });
    for (const kind of ["profile", "retry"] as const) {
      const byProfile = play({ ...definition, exits }, { traits: { plan: "pro" } });
      byProfile.enter();
      expect(byProfile.signal({ kind: "profile", at: T0 + 1 }).kind).toBe("ignored");
      byProfile.set({ banned: true });
      expect(byProfile.signal({ kind, at: T0 + 2 }).run).toMatchObject({ endedBy: "exit", outcome: "banned" });
    }
  });

  test("a retry of a run that has not failed is ignored", () => {
    const player = play(definitionOf());
    player.enter();
    expect(player.signal({ kind: "retry", at: T0 + 1 }).kind).toBe("ignored");
  });

  test("a due time beyond the last instant parks the run", () => {
    const version = compileJourney(journeyOf({ type: "delay", for: "P900Y", next: "done" }), {
      version: 1,
      journeyId: "j",
      catalog,
    });
    const at = 8_640_000_000_000_000 - DAY;
    const event = eventAt(at, "Signed Up");
    const run = startRun({ version, id: "r", profileId, entryKey: "", event });
    const decision = decide({ version, run, signal: { kind: "entered", at, event }, facts: factsOf(), now: at });
    expect(decision).toMatchObject({ kind: "failed", run: { error: { code: "run.node_failed", nodeId: "first" } } });
  });
});

describe("a loop that nothing stops", () => {
  const version = compileJourney(
    definitionOf({
      start: "a",
      nodes: { a: { ...mail, next: "b" }, b: { type: "updateProfile", increment: { n: 1 }, next: "a" } },
    }),
    { version: 1, journeyId: "j", catalog },
  );
  const event = eventAt(T0, "Signed Up");
  const run = startRun({ version, id: "r", profileId, entryKey: "", event });

  test("parks the run with run.loop_limit, and nothing it did goes out", () => {
    const decision = decide({ version, run, signal: { kind: "entered", at: T0, event }, facts: factsOf(), now: T0 });
    expect(decision).toMatchObject({ kind: "failed", steps: [], deliveries: [], traits: undefined });
    expect(decision.run).toMatchObject({
      status: "failed",
      seq: 0,
      error: { code: "run.loop_limit", nodeId: "a", detail: "Node a is part of a loop without a wait." },
    });
  });

  describe("but for its events", () => {
    const wait = {
      type: "waitForEvent",
      branches: [{ event: "Ping", next: "count" }],
      timeout: { after: "P30D", next: "done" },
    } as const;
    const count = { type: "updateProfile", increment: { pings: 1 }, next: "first" } as const;
    const definition = journeyOf(wait, { count });

    /** Pings at a pace until the run is parked; how many it took. */
    const pingUntilParked = (player: ReturnType<typeof play>, from: number, everyMs: number): number => {
      for (let pings = 1; pings < 5_000; pings++) {
        if (player.event(from + pings * everyMs, "Ping").kind === "failed") return pings;
      }
      return Number.POSITIVE_INFINITY;
    };

    test("is parked by the visit of a node that is one too many within an hour", () => {
      const player = play(definition);
      player.enter();
      // Entering was the first visit of the wait.
      expect(pingUntilParked(player, T0, 1)).toBe(limits.visitsPerNodePerHour);
      expect(player.run.error).toMatchObject({ code: "run.loop_limit", nodeId: "first" });
    });

    test("is parked as soon after years of quiet as at its beginning", () => {
      const player = play(definition);
      player.enter();
      expect(player.event(T0 + 20 * DAY, "Ping").kind).toBe("moved");
      expect(pingUntilParked(player, T0 + 20 * DAY + HOUR, 1)).toBe(limits.visitsPerNodePerHour + 1);
    });

    test("goes on for ever at a pace within the limit, and counts only the nodes of the loop", () => {
      const player = play(definition);
      player.enter();
      expect(pingUntilParked(player, T0, Math.ceil(HOUR / 999))).toBe(Number.POSITIVE_INFINITY);
      expect(Object.keys(player.run.visits!.counts).sort()).toEqual(["count", "first"]);
    });

    test("counts nothing in a journey without a loop", () => {
      const player = play(journeyOf({ type: "delay", for: "PT1H", next: "done" }));
      player.enter();
      expect(player.run.visits).toBeNull();
    });
  });
});

describe("facts that fail", () => {
  const when = { op: "did", event: "Paid" } as const;
  const definition = journeyOf({ type: "split", branches: [{ when, next: "yes" }], else: "no" });
  const version = compileJourney(definition, { version: 1, journeyId: "j", catalog });
  const event = eventAt(T0, "Signed Up");
  const run = startRun({ version, id: "r", profileId, entryKey: "", event });

  test("park the run with the error's own code", () => {
    const history: Facts["history"] = {
      events: () => {
        throw new WendError("run.history_too_large", { detail: "More than 10,000 events." });
      },
    };
    const facts = { ...factsOf(), history };
    expect(decide({ version, run, signal: { kind: "entered", at: T0, event }, facts, now: T0 }).run.error).toEqual({
      code: "run.history_too_large",
      nodeId: "first",
      detail: "More than 10,000 events.",
    });
  });

  test("a run at a node its version does not have is parked, not thrown at", () => {
    const lost = { ...run, seq: 1, nodeId: "elsewhere", wakeAt: T0 };
    const decision = decide({ version, run: lost, signal: { kind: "timer", at: T0 }, facts: factsOf(), now: T0 });
    expect(decision).toMatchObject({ kind: "failed", run: { seq: 1, error: { nodeId: "elsewhere" } } });
  });
});
