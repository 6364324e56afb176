import type { ActionManifest } from "@wend/plugin";
import { expect, test } from "vitest";
import { z } from "zod";
import { validateJourney } from "../../src/index.ts";
import { journeyOf } from "../support/definition.ts";

// The checker parsed templates as if they were rendered: no due date, id or link could come from an event.
const task: ActionManifest = {
  title: "Creates a task.",
  input: z.object({
    dueAt: z.iso.datetime(),
    owner: z.string().regex(/^\d{1,9}$/),
    priority: z.enum(["LOW", "HIGH"]),
    minutes: z.int(),
    type: z.enum(["CALL", "TODO"]),
    fields: z.record(z.string(), z.number()),
  }),
  output: z.object({}),
  channel: "crm",
  purpose: "transactional",
  dedupe: { by: "none" },
  templates: { dueAt: "text", owner: "text", priority: "text", minutes: "text", fields: "json" },
};
const fits = {
  dueAt: "2026-01-01T00:00:00Z",
  owner: "7",
  priority: "LOW",
  minutes: 5,
  type: "CALL",
  fields: { score: 1 },
};

const found = (changes: object) => {
  const input = { ...fits, ...changes };
  const outcome = { policy: "continue" } as const;
  const node = { type: "send", connection: "crm", action: "task", input, outcome, next: "done" } as const;
  return validateJourney(journeyOf(node), { connections: { crm: { plugin: "crm", actions: { task } } } });
};

test.each([
  { dueAt: "{{ event.properties.callBy }}" },
  { owner: "{{ profile.ownerIdInTheSystemOfTheSalesDepartment }}" },
  { priority: "{% if profile.vip %}HIGH{% else %}LOW{% endif %}" },
  { fields: { score: "{{ profile.score }}" } },
  { fields: "{{ vars.fields }}" },
])("a template that may fit once it is rendered is right: %j", (changes) => {
  expect(found(changes)).toEqual([]);
});

test.each([
  ["dueAt", { dueAt: "tomorrow" }],
  ["minutes", { minutes: "{{ profile.minutes }}" }],
  ["type", { type: "{{ profile.type }}" }],
  ["fields/score", { fields: { score: "about {{ profile.score }}" } }],
])("what never fits is found: %s", (field, changes) => {
  expect(found(changes)).toMatchObject([{ code: "journey.invalid_input", pointer: `/nodes/first/input/${field}` }]);
});
