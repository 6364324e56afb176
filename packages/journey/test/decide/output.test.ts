import { describe, expect, test } from "vitest";
import type { JourneyDefinition, Json, SendNode } from "../../src/index.ts";
import { limits } from "../../src/index.ts";
import { journeyOf } from "../support/definition.ts";
import { HOUR, T0 } from "../support/facts.ts";
import type { Player } from "../support/player.ts";
import { play } from "../support/player.ts";

const find: SendNode = {
  type: "send",
  connection: "desk",
  action: "find",
  input: {},
  as: "found",
  outcome: { policy: "branch", failed: "failed", suppressed: "suppressed" },
  next: "busy",
};
const asked = journeyOf(find, {
  busy: {
    type: "split",
    branches: [{ when: { op: "gt", left: { ref: "vars.found.tickets.length" }, right: 0 }, next: "wait" }],
    else: "wait",
  },
});

const answer = (player: Player, output?: Json, outcome: "accepted" | "failed" = "accepted") =>
  player.signal({
    kind: "outcome",
    at: T0 + 1_000,
    seq: player.run.seq,
    outcome,
    ...(output !== undefined && { output }),
  });

describe("what an action returned", () => {
  test("is kept in vars, for the nodes behind it, and the step says so", () => {
    const player = play(asked);
    player.enter();
    const decision = answer(player, { tickets: [{ ticket: "7" }] });
    expect(player.path).toEqual(["first accepted", "busy branch_1", "wait wait"]);
    expect(decision.run.vars).toEqual({ found: { tickets: [{ ticket: "7" }] } });
    expect(decision.steps[0]).toMatchObject({ detail: { as: "found", kept: true } });
  });

  test.each<[string, Json | undefined]>([
    ["returned something else", { tickets: [] }],
    ["was found out without its answer", undefined],
  ])("is what a predicate reads, and nothing when the call %s", (_, output) => {
    const player = play(asked);
    player.enter();
    const decision = answer(player, output);
    expect(player.path).toEqual(["first accepted", "busy else", "wait wait"]);
    expect(decision.steps[0]).toMatchObject({ detail: { as: "found", kept: output !== undefined } });
  });

  test("makes a condition of an exit true at once", () => {
    const exits = [{ name: "busy", when: { op: "exists", value: { ref: "vars.found.tickets.0" } } }] as const;
    const player = play({ ...asked, exits });
    player.enter();
    expect(answer(player, { tickets: [{ ticket: "7" }] }).run).toMatchObject({ endedBy: "exit", outcome: "busy" });
  });

  test.each([
    ["accepted without an answer", "accepted"],
    ["failed", "failed"],
  ] as const)("is never that of an earlier visit: one that is %s forgets it", (_, outcome) => {
    const again: JourneyDefinition = journeyOf(
      { ...find, next: "pause", outcome: { ...find.outcome, failed: "pause" } as never },
      {
        pause: { type: "delay", for: "PT1H", next: "first" },
      },
    );
    const player = play(again);
    player.enter();
    answer(player, { tickets: [] });
    player.timer(T0 + HOUR + 1_000);
    expect(player.run.vars).toEqual({ found: { tickets: [] } });
    expect(answer(player, undefined, outcome).run.vars).toEqual({});
  });

  test("is left behind where nobody asked for it", () => {
    const { as: _, ...silent } = find;
    const player = play(journeyOf(silent));
    player.enter();
    const decision = answer(player, { tickets: [] });
    expect([decision.run.vars, decision.steps[0]?.detail]).toEqual([{}, null]);
  });

  test("parks the run where it is more than a run may keep", () => {
    const text = "x".repeat(limits.varsBytes / 2);
    const twice = journeyOf({ ...find, as: "one", next: "second" }, { second: { ...find, as: "two", next: "done" } });
    const player = play(twice);
    player.enter();
    answer(player, { text });
    expect(answer(player, { text }).run).toMatchObject({ status: "failed", error: { code: "run.vars_too_large" } });
  });
});
