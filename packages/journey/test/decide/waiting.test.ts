import { describe, expect, test } from "vitest";
import type { WaitForEventNode } from "../../src/index.ts";
import { definitionOf, journeyOf } from "../support/definition.ts";
import { DAY, HOUR, T0 } from "../support/facts.ts";
import { play } from "../support/player.ts";

describe("delay", () => {
  test("waits exactly as long as it says, from the signal's own time", () => {
    const player = play(journeyOf({ type: "delay", for: "PT24H", next: "done" }));
    const entered = player.enter();
    expect(entered.kind).toBe("moved");
    expect(entered.run).toMatchObject({ status: "active", nodeId: "first", seq: 1, since: T0, wakeAt: T0 + DAY });
    const ended = player.timer();
    expect(ended.steps).toEqual([
      { seq: 1, nodeId: "first", type: "delay", enteredAt: T0, leftAt: T0 + DAY, outcome: "elapsed", detail: null },
      { seq: 2, nodeId: "done", type: "end", enteredAt: T0 + DAY, leftAt: T0 + DAY, outcome: "done", detail: null },
    ]);
    expect(ended.run).toMatchObject({
      status: "ended",
      endedBy: "end",
      outcome: "done",
      endedAt: T0 + DAY,
      wakeAt: null,
    });
  });

  test("of days keeps the local time of the journey's zone", () => {
    // 2026-03-02 09:00Z is 10:00 in Berlin; thirty days later the clocks have changed.
    const player = play(journeyOf({ type: "delay", for: "P30D", next: "done" }));
    expect(player.enter().run.wakeAt).toBe(T0 + 30 * DAY - HOUR);
  });

  test("of three years is legal", () => {
    const player = play(journeyOf({ type: "delay", for: "P3Y", next: "done" }));
    expect(player.enter().run.wakeAt).toBe(Date.UTC(2029, 2, 2, 9));
  });

  test("ignores a timer that is early, and events", () => {
    const player = play(definitionOf({ goal: { event: "Bought" } }));
    const { run } = player.enter();
    expect(player.timer(T0 + DAY - 1)).toMatchObject({ kind: "ignored", steps: [], deliveries: [] });
    expect(player.event(T0 + HOUR, "Looked").run).toBe(run);
  });

  test("anchors what follows at the due time, however late the timer is handled", () => {
    const player = play(
      journeyOf(
        { type: "delay", for: "PT1H", next: "second" },
        { second: { type: "delay", for: "PT1H", next: "done" } },
      ),
    );
    player.enter();
    player.timer();
    expect(player.run.wakeAt).toBe(T0 + 2 * HOUR);
  });
});

const wait: WaitForEventNode = {
  type: "waitForEvent",
  branches: [
    {
      event: "Paid",
      where: { op: "gte", left: { ref: "signal.properties.total" }, right: 100 },
      as: "order",
      next: "large",
    },
    { event: "Paid", next: "small" },
    {
      event: "Cancelled",
      where: { op: "eq", left: { ref: "signal.properties.id" }, right: { ref: "event.properties.id" } },
      next: "gone",
    },
  ],
  timeout: { after: "PT24H", next: "late" },
};

describe("waitForEvent", () => {
  test("takes the first branch whose event and predicate match", () => {
    const player = play(journeyOf(wait));
    player.enter();
    const decision = player.event(T0 + HOUR, "Paid", { total: 150 });
    expect(decision.run.outcome).toBe("large");
    expect(decision.steps[0]).toMatchObject({ outcome: "matched", detail: { branch: 0, event: "Paid" } });
    expect(decision.run.vars).toEqual({ order: { total: 150 } });
  });

  test("falls to the next branch of the same event", () => {
    const player = play(journeyOf(wait));
    player.enter();
    expect(player.event(T0 + HOUR, "Paid", { total: 99 }).run).toMatchObject({ outcome: "small", vars: {} });
  });

  test("compares the arriving event with the one that let the run in", () => {
    const player = play(journeyOf(wait));
    player.enter({ id: "a" });
    expect(player.event(T0 + HOUR, "Cancelled", { id: "b" }).kind).toBe("ignored");
  });

  test("starts to listen when it is reached: the entry event is not its own answer", () => {
    const node: WaitForEventNode = { ...wait, branches: [{ event: "Signed Up", next: "small" }] };
    const player = play(journeyOf(node));
    expect(player.enter().run).toMatchObject({ status: "active", nodeId: "first" });
  });

  test("is inclusive: an event at the due instant matches, one a millisecond later does not", () => {
    const atDue = play(journeyOf(wait));
    atDue.enter();
    expect(atDue.event(T0 + DAY, "Paid").run.outcome).toBe("small");
    const tooLate = play(journeyOf(wait));
    tooLate.enter();
    expect(tooLate.event(T0 + DAY + 1, "Paid").kind).toBe("ignored");
    expect(tooLate.timer().run.outcome).toBe("late");
  });

  test("a timer of a wait that has been answered is ignored", () => {
    const player = play(
      journeyOf(
        { ...wait, branches: [{ event: "Paid", next: "pause" }] },
        { pause: { type: "delay", for: "P9D", next: "done" } },
      ),
    );
    player.enter();
    player.event(T0 + HOUR, "Paid");
    expect(player.timer(T0 + DAY).kind).toBe("ignored");
  });

  test("parks the run when what it keeps is too large", () => {
    const keep = (name: string, next: string): WaitForEventNode => ({
      type: "waitForEvent",
      branches: [{ event: "Paid", as: name, next }],
      timeout: { after: "P1D", next: "late" },
    });
    const names = ["a", "b", "c", "d", "e", "f"];
    const waits = Object.fromEntries(names.map((name, i) => [name, keep(name, names[i + 1] ?? "done")]));
    const player = play(journeyOf(keep("z", "a"), waits));
    player.enter();
    for (let i = 1; i <= 5; i++) player.event(T0 + i, "Paid", { text: "x".repeat(50_000) });
    const decision = player.event(T0 + 6, "Paid", { text: "x".repeat(50_000) });
    expect(decision).toMatchObject({
      kind: "failed",
      run: { status: "failed", error: { code: "run.vars_too_large", nodeId: "e" } },
    });
    expect(Object.keys(decision.run.vars)).toEqual(["z", "a", "b", "c", "d"]);
  });
});
