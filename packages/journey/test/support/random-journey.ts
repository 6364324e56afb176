import fc from "fast-check";
import type { JourneyDefinition, Node } from "../../src/index.ts";
import { anyPredicate } from "./random-predicate.ts";

const durations = fc.constantFrom("PT1H", "PT24H", "P1D", "P2D", "P1M");
const events = fc.constantFrom("A", "B", "C");
const anywhere = fc.nat();

/** A node whose edges are numbers yet; `null` edges lead anywhere, others only forward. */
type Draft = (edge: (chance: number) => string, forward: (chance: number) => string) => Node;

const delay = fc.record({ for: durations, to: anywhere }).map(
  (n): Draft =>
    (edge) => ({ type: "delay", for: n.for, next: edge(n.to) }),
);

const wait = fc
  .record({
    event: events,
    where: fc.option(anyPredicate(["profile", "event", "vars", "signal"])),
    after: durations,
    to: anywhere,
    late: anywhere,
  })
  .map(
    (n): Draft =>
      (edge) => ({
        type: "waitForEvent",
        branches: [{ event: n.event, ...(n.where && { where: n.where }), as: "order", next: edge(n.to) }],
        timeout: { after: n.after, next: edge(n.late) },
      }),
  );

const split = fc.record({ when: anyPredicate(["profile", "event", "vars"]), to: anywhere, otherwise: anywhere }).map(
  (n): Draft =>
    (_, forward) => ({ type: "split", branches: [{ when: n.when, next: forward(n.to) }], else: forward(n.otherwise) }),
);

const randomSplit = fc
  .record({ a: fc.integer({ min: 1, max: 9 }), b: fc.nat({ max: 9 }), to: anywhere, other: anywhere })
  .map(
    (n): Draft =>
      (_, forward) => ({
        type: "randomSplit",
        branches: [
          { weight: n.a, next: forward(n.to) },
          { weight: n.b, next: forward(n.other) },
        ],
      }),
  );

const send = fc.record({ policy: fc.constantFrom("continue", "exit", "branch"), to: anywhere, other: anywhere }).map(
  (n): Draft =>
    (_, forward) => ({
      type: "send",
      connection: "mail",
      action: "send",
      input: { subject: "Hi", text: "…" },
      outcome:
        n.policy === "branch"
          ? { policy: "branch", failed: forward(n.other), suppressed: forward(n.to) }
          : { policy: n.policy as "continue" | "exit" },
      next: forward(n.to),
    }),
);

const update = fc
  .record({ by: fc.integer({ min: -2, max: 2 }), trait: fc.constantFrom("visits", "visits", "plan"), to: anywhere })
  .map(
    (n): Draft =>
      (_, forward) => ({
        type: "updateProfile",
        set: { plan: "pro" },
        increment: { [n.trait]: n.by },
        next: forward(n.to),
      }),
  );

const draft = fc.oneof(delay, wait, split, randomSplit, send, update);

/** Journeys in which nothing is wrong: loops only through waits, no node that cannot be reached. */
export const validDefinition: fc.Arbitrary<JourneyDefinition> = fc
  .record({
    drafts: fc.array(draft, { minLength: 1, maxLength: 8 }),
    exit: fc.option(anyPredicate(["profile", "event"])),
    goal: fc.option(events),
  })
  .map(({ drafts, exit, goal }) => ({
    name: "Random",
    timeZone: "Europe/Berlin",
    triggers: [{ type: "event", event: "Start" }],
    exits: exit === null ? [] : [{ name: "out", when: exit }],
    ...(goal !== null && { goal: { event: goal } }),
    start: "n0",
    nodes: reachable(toNodes(drafts)),
  }));

function toNodes(drafts: readonly Draft[]): Record<string, Node> {
  const last = drafts.length;
  const nodes: Record<string, Node> = { [`n${last}`]: { type: "end", outcome: "done" } };
  for (const [index, make] of drafts.entries()) {
    const edge = (chance: number) => `n${chance % (last + 1)}`;
    const forward = (chance: number) => `n${index + 1 + (chance % (last - index))}`;
    nodes[`n${index}`] = make(edge, forward);
  }
  return keepVars(nodes);
}

// A predicate may read vars.order, so some wait has to keep one.
function keepVars(nodes: Record<string, Node>): Record<string, Node> {
  const wait: Node = {
    type: "waitForEvent",
    branches: [{ event: "A", as: "order", next: "n1" }],
    timeout: { after: "PT1H", next: "n1" },
  };
  return { ...nodes, n1: nodes.n1!, n0: nodes.n0!.type === "waitForEvent" ? nodes.n0! : wait };
}

function reachable(nodes: Record<string, Node>): Record<string, Node> {
  const kept: Record<string, Node> = {};
  const open = ["n0"];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id in kept) continue;
    kept[id] = nodes[id]!;
    const edges = JSON.stringify(nodes[id]).matchAll(/"(?:next|else|failed|suppressed)":"(n\d+)"/g);
    for (const edge of edges) open.push(edge[1]!);
  }
  return kept;
}
