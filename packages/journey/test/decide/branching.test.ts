import { describe, expect, test } from "vitest";
import type { SplitNode } from "../../src/index.ts";
import { compileJourney, decide, startRun } from "../../src/index.ts";
import { catalog } from "../support/catalog.ts";
import { journeyOf } from "../support/definition.ts";
import { eventAt, factsOf, HOUR, profileId, T0 } from "../support/facts.ts";
import { play } from "../support/player.ts";

describe("split", () => {
  const node: SplitNode = {
    type: "split",
    branches: [
      { label: "vip", when: { op: "contains", left: { ref: "profile.tags" }, right: "vip" }, next: "vip" },
      {
        when: {
          op: "gte",
          left: { count: { event: "Ordered", within: "P30D" } },
          right: { ref: "event.properties.least" },
        },
        next: "loyal",
      },
      { label: "seen", when: { op: "did", event: "Looked", times: 2 }, next: "seen" },
    ],
    else: "new",
  };

  test("takes the first branch that holds, and records what it looked at", () => {
    const player = play(journeyOf(node), { traits: { tags: ["vip", "x"] } });
    expect(player.enter({ least: 0 }).steps[0]).toMatchObject({
      outcome: "vip",
      detail: { values: { "profile.tags": ["vip", "x"] } },
    });
    expect(player.run.outcome).toBe("vip");
  });

  test("records the inputs of the branches above too, and what was missing", () => {
    const player = play(journeyOf(node), { history: [eventAt(T0 - HOUR, "Ordered")] });
    const [step] = player.enter({ least: 1 }).steps;
    expect(step).toMatchObject({ outcome: "branch_2" });
    expect(step!.detail).toEqual({
      values: { "count(Ordered within P30D)": 1, "event.properties.least": 1 },
      missing: ["profile.tags"],
    });
  });

  test("takes else when none holds, with all that was looked at", () => {
    const player = play(journeyOf(node));
    const [step] = player.enter().steps;
    expect(step).toMatchObject({ outcome: "else" });
    expect(step!.detail).toEqual({
      values: { "count(Ordered within P30D)": 0, "did(Looked 2 times)": false },
      missing: ["profile.tags", "event.properties.least"],
    });
    expect(player.run.outcome).toBe("new");
  });

  test("records long values shortened", () => {
    const when = { op: "exists", value: { ref: "profile.about" } } as const;
    const record = (about: string | number[] | { a: number }) => {
      const player = play(journeyOf({ type: "split", branches: [{ when, next: "yes" }], else: "no" }), {
        traits: { about },
      });
      return player.enter().steps[0]!.detail;
    };
    expect(record("x".repeat(500))).toEqual({ values: { "profile.about": `${"x".repeat(200)}…` } });
    expect(record(Array.from({ length: 21 }, () => 1))).toEqual({ values: { "profile.about": "[21 values]" } });
    expect(record({ a: 1 })).toEqual({ values: { "profile.about": "{…}" } });
  });
});

describe("randomSplit", () => {
  const node = {
    type: "randomSplit",
    branches: [
      { label: "a", weight: 1, next: "a" },
      { label: "b", weight: 1, next: "b" },
    ],
  } as const;

  test("draws the same for a profile every time, and says from which bucket", () => {
    const draws = [1, 2].map(() => play(journeyOf(node)).enter().steps[0]!);
    expect(draws[0]).toEqual(draws[1]);
    expect(draws[0]!.detail).toMatchObject({ bucket: expect.any(Number), by: "profile" });
  });

  test("gives a branch without weight to nobody", () => {
    const branches = [
      { label: "none", weight: 0, next: "none" },
      { label: "all", weight: 3, next: "all" },
    ];
    expect(play(journeyOf({ ...node, branches })).enter().run.outcome).toBe("all");
  });

  test("draws by entry when told so: the same customer draws anew each time", () => {
    const bucketAt = (at: number, by: "profile" | "entry") => {
      const version = compileJourney(journeyOf({ ...node, by }), { version: 1, journeyId: "j", catalog });
      const event = eventAt(at, "Signed Up");
      const run = startRun({ version, id: "r", profileId, entryKey: "", event });
      const { steps } = decide({ version, run, signal: { kind: "entered", at, event }, facts: factsOf(), now: at });
      return JSON.stringify(steps[0]!.detail);
    };
    const buckets = (by: "profile" | "entry") => new Set([T0, T0 + 1, T0 + 2].map((at) => bucketAt(at, by)));
    expect(buckets("entry").size).toBe(3);
    expect(buckets("profile").size).toBe(1);
    expect(bucketAt(T0, "entry")).toBe(bucketAt(T0, "entry"));
  });

  test("draws alike where the salt is the same", () => {
    const second = {
      ...node,
      branches: [
        { label: "a", weight: 1, next: "c" },
        { label: "b", weight: 1, next: "c" },
      ],
    };
    const chain = { ...node, branches: node.branches.map((branch) => ({ ...branch, next: "second" })) };
    const alike = play(journeyOf({ ...chain, salt: "s" }, { second: { ...second, salt: "s" } }));
    const [first, again] = alike.enter().steps;
    expect(first!.detail).toEqual(again!.detail);
  });
});
