import { expect, test } from "vitest";
import type { JourneyDefinition } from "../../src/index.ts";
import { validateJourney } from "../../src/index.ts";
import { catalog, defineJourney } from "./sample.ts";

const base = { name: "x", timeZone: "UTC", triggers: [{ type: "event", event: "A" }], start: "a" } as const;
const rest = { outcome: { policy: "continue" }, next: "b" } as const;
const b = { type: "end", outcome: "done" } as const;
const task = { type: "send", connection: "crm", action: "createTask", ...rest } as const;
const due = { subject: "Call", dueAt: "2026-01-01T00:00:00Z" } as const;
const mail = { type: "send", action: "send", input: { subject: "Hi", text: "Hello" }, ...rest } as const;

/** What the checker finds, as `code pointer`. */
const found = (definition: unknown) =>
  validateJourney(definition, catalog).map(({ code, pointer }) => `${code} ${pointer}`);

test("a definition is returned as it was written, without anything of a manifest", () => {
  const written = { ...base, nodes: { a: { ...mail, connection: "mail" }, b } } as const;
  const journey: JourneyDefinition = defineJourney(written);
  expect(journey).toBe(written);
});

// Each of them compiles: authoring.test-d.ts shows what does not.
test.each([
  defineJourney({ ...base, nodes: { a: { ...mail, connection: "mail" }, b } }),
  defineJourney({ ...base, nodes: { a: { ...mail, connection: "post" }, b } }),
  defineJourney({ ...base, nodes: { a: { ...task, input: due }, b } }),
  defineJourney({ ...base, nodes: { a: { ...task, input: { ...due, dueAt: "{{ event.at }}" } }, b } }),
  defineJourney({ ...base, nodes: { a: { ...task, input: { ...due, priority: "{{ profile.priority }}" } }, b } }),
  defineJourney({ ...base, nodes: { a: { ...task, input: { ...due, fields: "{{ vars.fields }}" } }, b } }),
  defineJourney({ ...base, nodes: { a: { ...task, input: { ...due, fields: { tags: "{{ profile.tags }}" } } }, b } }),
  defineJourney({ ...base, nodes: { a: { ...task, input: { ...due, fields: { score: "{{ profile.n }}" } } }, b } }),
  defineJourney({
    ...base,
    nodes: { a: { type: "webhook", connection: "hook", input: { body: [null] }, ...rest }, b },
  }),
])("what compiles is right to the checker: $nodes.a", (journey) => {
  expect(found(journey)).toEqual([]);
});

const nodes = (a: object) => ({ ...base, nodes: { a, b } });

test.each([
  ["journey.unknown_connection /nodes/a/connection", { ...mail, connection: "mial" }],
  ["journey.unknown_action /nodes/a/action", { ...mail, connection: "mail", action: "createTask" }],
  ["route.action_missing /nodes/a/action", { ...mail, connection: "tracked" }],
  ["route.action_missing /nodes/a/action", { type: "webhook", connection: "post", input: { body: 1 }, ...rest }],
  ["journey.unknown_field /nodes/a/input/extra", { ...task, input: { ...due, extra: 1 } }],
  ["journey.invalid_input /nodes/a/input/subject", { ...task, input: { dueAt: due.dueAt } }],
  ["journey.invalid_input /nodes/a/input/priority", { ...task, input: { ...due, priority: "HIHG" } }],
  ["journey.invalid_input /nodes/a/input/kind", { ...task, input: { ...due, kind: "{{ event.kind }}" } }],
  ["journey.invalid_input /nodes/a/input/minutes", { ...task, input: { ...due, minutes: "{{ event.minutes }}" } }],
  [
    "journey.invalid_input /nodes/a/input/fields/score",
    { ...task, input: { ...due, fields: { score: "about {{ n }}" } } },
  ],
])("what does not compile is found by the checker: %s", (problem, node) => {
  expect(found(nodes(node))).toEqual([problem]);
});

test("what no type can say is found by the checker", () => {
  const journey = defineJourney({
    ...base,
    nodes: {
      a: { ...mail, connection: "mail", input: { subject: "" } },
      b,
      c: { ...task, input: { ...due, dueAt: "tomorrow" } },
    },
  });
  expect(found(journey)).toEqual([
    "journey.unreachable_node /nodes/c",
    "journey.invalid_input /nodes/a/input/subject",
    "journey.invalid_input /nodes/a/input",
    "journey.invalid_input /nodes/c/input/dueAt",
  ]);
});
