import type { ErrorCode } from "@wend/plugin";
import { describe, expectTypeOf, test } from "vitest";
import type {
  DecideInput,
  Decision,
  EntryDecision,
  GateVerdict,
  JourneyDefinition,
  JourneyProblem,
  JourneyProblemCode,
  Predicate,
  SuppressedReason,
} from "../src/index.ts";
import { decide, decideEntry, defineJourney, gate, parseJourney, validateJourney } from "../src/index.ts";

describe("what an author writes", () => {
  test("keeps its literal types", () => {
    const journey = defineJourney({
      name: "Welcome",
      timeZone: "UTC",
      triggers: [{ type: "event", event: "Signed Up" }],
      start: "bye",
      nodes: { bye: { type: "end", outcome: "done" } },
    });
    expectTypeOf(journey.nodes.bye.outcome).toEqualTypeOf<"done">();
    expectTypeOf(journey).toExtend<JourneyDefinition>();
  });

  test("does not compile without a timeout, an else or an outcome", () => {
    const base = { name: "x", timeZone: "UTC", triggers: [{ type: "event", event: "A" }], start: "a" } as const;
    // @ts-expect-error a wait needs a timeout
    defineJourney({ ...base, nodes: { a: { type: "waitForEvent", branches: [{ event: "B", next: "a" }] } } });
    // @ts-expect-error a split needs an else
    defineJourney({ ...base, nodes: { a: { type: "split", branches: [] } } });
    // @ts-expect-error a send needs an outcome
    defineJourney({ ...base, nodes: { a: { type: "send", connection: "m", action: "s", input: {}, next: "a" } } });
    // @ts-expect-error there is no such node
    defineJourney({ ...base, nodes: { a: { type: "teleport", next: "a" } } });
  });

  test("has no predicate that is not in the language", () => {
    // @ts-expect-error there are no regular expressions
    const bad: Predicate = { op: "matches", left: "a", right: "b" };
    expectTypeOf(bad).toExtend<Predicate>();
    expectTypeOf<{ op: "not"; of: { op: "did"; event: "A" } }>().toExtend<Predicate>();
  });
});

describe("what a caller gets", () => {
  test("of the checker: problems of a closed set of codes", () => {
    expectTypeOf(validateJourney).returns.toEqualTypeOf<JourneyProblem[]>();
    expectTypeOf<JourneyProblem["code"]>().toEqualTypeOf<JourneyProblemCode>();
    expectTypeOf(parseJourney).returns.toEqualTypeOf<JourneyDefinition>();
    expectTypeOf<"journey.invalid" | "run.loop_limit" | "run.vars_too_large">().toExtend<ErrorCode>();
  });

  test("of the engine: unions to be handled, nothing to await", () => {
    expectTypeOf(decide).toEqualTypeOf<(input: DecideInput) => Decision>();
    expectTypeOf(decideEntry).returns.toEqualTypeOf<EntryDecision>();
    expectTypeOf(gate).returns.toEqualTypeOf<GateVerdict>();
    expectTypeOf<Decision["kind"]>().toEqualTypeOf<"ignored" | "moved" | "ended" | "failed">();
    expectTypeOf<Extract<GateVerdict, { kind: "suppress" }>["reason"]>().toEqualTypeOf<SuppressedReason>();
  });
});
