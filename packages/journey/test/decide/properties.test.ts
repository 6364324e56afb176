import fc from "fast-check";
import { expect, test } from "vitest";
import type { CompiledVersion, Decision, EventFact, JsonObject, RunState, Signal } from "../../src/index.ts";
import { compileJourney, decide, startRun, validateJourney } from "../../src/index.ts";
import { catalog } from "../support/catalog.ts";
import { factsOf, HOUR, profileId, T0 } from "../support/facts.ts";
import { validDefinition } from "../support/random-journey.ts";

type Move =
  | { readonly kind: "event"; readonly after: number; readonly name: string; readonly total: number }
  | { readonly kind: "timer" | "profile" | "retry"; readonly after: number }
  | {
      readonly kind: "outcome";
      readonly after: number;
      readonly outcome: "accepted" | "failed" | "suppressed" | "unknown";
    };

const after = fc.constantFrom(0, 1, HOUR, 25 * HOUR, 40 * 24 * HOUR);
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    kind: fc.constant("event" as const),
    after,
    name: fc.constantFrom("A", "B", "C", "D"),
    total: fc.nat(20),
  }),
  fc.record({ kind: fc.constantFrom("timer", "timer", "profile", "retry"), after }),
  fc.record({
    kind: fc.constant("outcome" as const),
    after,
    outcome: fc.constantFrom("accepted", "failed", "suppressed", "unknown"),
  }),
);

interface Played {
  readonly before: RunState;
  readonly signal: Signal;
  readonly decision: Decision;
  readonly again: Decision;
}

/** Plays moves as a store would; everything given to `decide` is frozen, so that a write would throw and show. */
function playOut(version: CompiledVersion, moves: readonly Move[], consented: boolean): Played[] {
  const history: EventFact[] = [];
  const played: Played[] = [];
  let at = T0;
  let traits: JsonObject = { email: "ada@example.com", plan: "free", visits: 1 };
  const eventOf = (name: string, total: number): EventFact => ({
    id: `e${String(history.length).padStart(5, "0")}`,
    name,
    receivedAt: at,
    occurredAt: at,
    properties: { total, plan: total > 10 ? "pro" : "free" },
  });
  const entry = eventOf("Start", 1);
  let run = startRun({ version, id: "r", profileId, entryKey: "", event: entry });

  const apply = (signal: Signal) => {
    if (signal.kind === "event" || signal.kind === "entered") history.push(signal.event);
    const gate = consented ? {} : { consents: [] };
    const facts = { ...factsOf({ history, entry, gate }), profile: { id: profileId, traits } };
    const input = deepFreeze({ run, signal, facts: { ...facts, history: facts.history }, now: signal.at });
    const decision = decide({ version, ...input });
    played.push({ before: run, signal, decision, again: decide({ version, ...input }) });
    run = decision.run;
    traits = decision.traits ?? traits;
  };

  apply({ kind: "entered", at, event: entry });
  for (const next of moves) {
    at += next.after;
    if (next.kind === "event") apply({ kind: "event", at, event: eventOf(next.name, next.total) });
    else if (next.kind === "outcome") apply({ kind: "outcome", at, seq: run.seq, outcome: next.outcome });
    else if (next.kind === "timer") {
      at = Math.max(at, run.wakeAt ?? at);
      apply({ kind: "timer", at });
    } else apply({ kind: next.kind, at });
  }
  return played;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
  return value;
}

const plays = fc.record({
  definition: validDefinition,
  moves: fc.array(move, { maxLength: 15 }),
  consented: fc.boolean(),
});

function forEachPlay(check: (played: readonly Played[], version: CompiledVersion) => void): void {
  fc.assert(
    fc.property(plays, ({ definition, moves, consented }) => {
      const version = compileJourney(definition, { version: 1, journeyId: "j", catalog });
      check(playOut(version, moves, consented), version);
    }),
    { numRuns: 300 },
  );
}

test("the journeys played here are valid", () => {
  fc.assert(
    fc.property(validDefinition, (definition) => {
      expect(validateJourney(definition, catalog)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("every signal gives one decision, the same every time", () => {
  const kinds = new Map<string, number>();
  forEachPlay((played) => {
    for (const { decision, again } of played) {
      expect(again).toEqual(decision);
      kinds.set(decision.kind, (kinds.get(decision.kind) ?? 0) + 1);
    }
  });
  // Otherwise the plays would be too poor to tell anything.
  for (const kind of ["ignored", "moved", "ended", "failed"]) expect(kinds.get(kind) ?? 0).toBeGreaterThan(0);
});

test("a finished run stays finished", () => {
  forEachPlay((played) => {
    for (const { before, decision } of played) {
      if (before.status !== "ended") continue;
      expect(decision.kind).toBe("ignored");
      expect(decision.run).toBe(before);
    }
  });
});

test("steps are numbered without gap or repeat, and none is numbered beyond the run", () => {
  forEachPlay((played) => {
    const seqs = played.flatMap(({ decision }) => decision.steps.map(({ seq }) => seq));
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    for (const { before, decision } of played) expect(decision.run.seq).toBeGreaterThanOrEqual(before.seq);
    const { run } = played.at(-1)!.decision;
    expect(seqs.length).toBe(run.status === "active" && run.seq > 0 ? run.seq - 1 : run.seq);
  });
});

test("no two deliveries of a run share a sequence, so no two share an idempotency key", () => {
  forEachPlay((played) => {
    const seqs = played.flatMap(({ decision }) => decision.deliveries.map(({ seq }) => seq));
    expect(new Set(seqs).size).toBe(seqs.length);
  });
});

test("an active run always stands at a node that waits, and has a timer exactly when that node has one", () => {
  forEachPlay((played, version) => {
    for (const { decision } of played) {
      const { run } = decision;
      if (run.status !== "active") expect(run.wakeAt).toBeNull();
      else if (run.seq > 0) {
        const { type } = version.nodes.get(run.nodeId)!;
        expect(["delay", "waitForEvent", "send", "webhook"]).toContain(type);
        expect(run.wakeAt !== null).toBe(type === "delay" || type === "waitForEvent");
      }
    }
  });
});

test("kind and state say the same", () => {
  const statusOf = { moved: "active", ended: "ended", failed: "failed" } as const;
  forEachPlay((played) => {
    for (const { before, decision } of played) {
      const { kind, run, steps, deliveries } = decision;
      if (kind === "ignored") expect([run, steps.length, deliveries.length]).toEqual([before, 0, 0]);
      else expect(run.status).toBe(statusOf[kind]);
      expect(run.status === "ended").toBe(run.endedBy !== null && run.endedAt !== null && run.outcome !== null);
      expect(run.status === "failed").toBe(run.error !== null);
      if (decision.goal) expect(kind).toBe("ended");
    }
  });
});
