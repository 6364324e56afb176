import { describe, expect, test } from "vitest";
import type { UpdateProfileNode } from "../../src/index.ts";
import { journeyOf } from "../support/definition.ts";
import { eventAt, T0 } from "../support/facts.ts";
import { play } from "../support/player.ts";

const update = (changes: Omit<UpdateProfileNode, "type" | "next">) =>
  journeyOf({ type: "updateProfile", ...changes, next: "done" });

describe("updateProfile", () => {
  test("sets, unsets, increments and appends, in this order", () => {
    const player = play(
      update({
        set: { plan: { ref: "event.properties.plan" }, visits: 10, address: { literal: { city: "Ulm" } } },
        unset: ["old"],
        increment: { visits: 2, orders: { count: { event: "Ordered" } } },
        append: { tags: "new", log: ["a"] },
      }),
      { traits: { old: 1, tags: ["x"] }, history: [eventAt(T0 - 1, "Ordered")] },
    );
    const decision = player.enter({ plan: "pro" });
    expect(decision.traits).toEqual({
      email: "ada@example.com",
      plan: "pro",
      visits: 12,
      address: { city: "Ulm" },
      orders: 1,
      tags: ["x", "new"],
      log: [["a"]],
    });
    expect(decision.steps[0]).toMatchObject({
      outcome: "changed",
      detail: { changed: { plan: "pro", visits: 12, old: null } },
    });
  });

  test("is visible to the next node", () => {
    const split = {
      type: "split",
      branches: [{ when: { op: "eq", left: { ref: "profile.plan" }, right: "pro" }, next: "yes" }],
      else: "no",
    } as const;
    const player = play(journeyOf({ type: "updateProfile", set: { plan: "pro" }, next: "split" }, { split }));
    expect(player.enter().run.outcome).toBe("yes");
  });

  test("changes nothing where nothing changes: not even a copy is made", () => {
    const player = play(update({ set: { plan: "pro" }, unset: ["old"], increment: { visits: 0 } }), {
      traits: { plan: "pro", visits: 3 },
    });
    const decision = player.enter();
    expect(decision.traits).toBeUndefined();
    expect(decision.steps[0]).toMatchObject({ outcome: "unchanged", detail: { changed: {} } });
  });

  test("skips a value that is missing, and says so", () => {
    const player = play(update({ set: { plan: { ref: "event.properties.plan" } } }), { traits: { plan: "free" } });
    expect(player.enter().steps[0]).toMatchObject({ outcome: "unchanged", detail: { changed: {}, skipped: ["plan"] } });
    expect(player.traits).toMatchObject({ plan: "free" });
  });

  test("leaves the traits it was given untouched", () => {
    const traits = Object.freeze({ tags: Object.freeze(["x"]) });
    play(update({ append: { tags: "y" }, unset: ["email"] }), { traits }).enter();
    expect(traits).toEqual({ tags: ["x"] });
  });

  test.each([
    ["increment a string", { increment: { plan: 1 } }, "Trait plan is a string"],
    ["increment by a string", { increment: { visits: "many" } }, "cannot be incremented by a string"],
    ["increment beyond all numbers", { increment: { most: Number.MAX_VALUE } }, "would become Infinity"],
    ["count where numbers have gaps", { increment: { edge: 1 } }, "beyond ±(2^53 - 1)"],
    ["append to a number", { append: { visits: 1 } }, "only a list can be appended to"],
    ["append to a list that is full", { append: { full: 1 } }, "holds 1000 elements already"],
  ] as const)("parks the run rather than %s", (_, changes, detail) => {
    const full = Array.from({ length: 1_000 }, () => 0);
    const traits = { plan: "pro", visits: 1, most: Number.MAX_VALUE, edge: Number.MAX_SAFE_INTEGER, full };
    const decision = play(update(changes), { traits }).enter();
    expect(decision).toMatchObject({
      kind: "failed",
      traits: undefined,
      run: { status: "failed", nodeId: "first", seq: 1 },
    });
    expect(decision.run.error).toEqual({
      code: "run.node_failed",
      nodeId: "first",
      detail: expect.stringContaining(detail),
    });
  });
});
