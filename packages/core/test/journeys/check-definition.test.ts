import type { Catalog } from "@wend/journey";
import { defineAction } from "@wend/plugin";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { checkDefinition, parseDefinition } from "../../src/journeys/check-definition.ts";

const common = { title: "Acts.", output: z.object({}), purpose: "transactional", dedupe: { by: "natural" } } as const;
const send = defineAction({
  ...common,
  input: z.object({ subject: z.string(), html: z.string().optional(), from: z.string().optional() }),
  channel: "email",
  address: "email",
  templates: { subject: "text", html: "html" },
});
const post = defineAction({
  ...common,
  input: z.object({ body: z.json() }),
  channel: "webhook",
  templates: { body: "json" },
});
const catalog: Catalog = {
  connections: { mail: { plugin: "mail", actions: { send } }, hook: { plugin: "hook", actions: { post } } },
};

const mail = (input: object, next = "done") => ({
  type: "send",
  connection: "mail",
  action: "send",
  input,
  outcome: { policy: "continue" },
  next,
});
const hook = (body: unknown, next = "done") => ({
  type: "webhook",
  connection: "hook",
  input: { body },
  outcome: { policy: "continue" },
  next,
});
const journey = (start: string, nodes: object) => ({
  name: "J",
  timeZone: "UTC",
  triggers: [{ type: "event", event: "Signed Up" }],
  entry: { reentry: "never" },
  start,
  nodes: { ...nodes, done: { type: "end", outcome: "done" } },
});
const find = (definition: unknown) => checkDefinition(definition, catalog).map(({ code, pointer }) => [code, pointer]);
const fault = (pointer: string) => ["content.invalid_template", pointer];

describe("checking a definition", () => {
  it("finds nothing where all templates parse", () => {
    const nodes = {
      a: mail({ subject: "Hello {{ profile.name | upcase }}", html: "<p>{% if event.id %}x{% endif %}</p>" }, "b"),
      b: hook({ list: ["{{ profile.id }}", 1, null] }),
    };
    expect(find(journey("a", nodes))).toEqual([]);
  });

  it.each([
    ["an unknown filter in a text", mail({ subject: "{{ profile.name | shout }}" }), ["/nodes/a/input/subject"]],
    ["an unclosed tag in a text", mail({ subject: "{% if profile.name %}Hello" }), ["/nodes/a/input/subject"]],
    ["an unknown filter in HTML", mail({ subject: "s", html: "<p>{{ a | shout }}</p>" }), ["/nodes/a/input/html"]],
    ["an unclosed output in HTML", mail({ subject: "s", html: "<p>{{ a </p>" }), ["/nodes/a/input/html"]],
    ["an unknown filter in JSON", hook({ a: { "b/c": ["x", "{{ a | shout }}"] } }), ["/nodes/a/input/body/a/b~1c/1"]],
    ["an unclosed tag in JSON", hook("{% for x in y %}"), ["/nodes/a/input/body"]],
    [
      "two fields of one node",
      mail({ subject: "{{ a | shout }}", html: "{% if b %}" }),
      ["/nodes/a/input/subject", "/nodes/a/input/html"],
    ],
  ])("finds %s, with the pointer and what to do", (_, node, pointers) => {
    const problems = checkDefinition(journey("a", { a: node }), catalog);
    expect(problems.map(({ code, pointer }) => [code, pointer])).toEqual(pointers.map(fault));
    for (const problem of problems)
      expect([problem.message, problem.fix]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
  });

  it("finds the faults of several nodes at once, beside all others", () => {
    const nodes = {
      a: mail({ subject: "{{ a | shout }}" }, "b~/"),
      "b~/": hook({ text: "{{ a" }, "c"),
      c: mail({ subject: 7, html: "{% if a %}" }, "nowhere"),
    };
    const found = find(journey("a", nodes));
    expect(found).toEqual(expect.arrayContaining([["journey.invalid_input", "/nodes/c/input/subject"]]));
    expect(found.map(([, pointer]) => pointer)).toContain("/nodes/c/next");
    expect(found.filter(([code]) => code === "content.invalid_template")).toEqual([
      fault("/nodes/a/input/subject"),
      fault("/nodes/b~0~1/input/body/text"),
      fault("/nodes/c/input/html"),
    ]);
  });

  it("leaves fields alone that are no templates", () => {
    expect(find(journey("a", { a: mail({ subject: "s", from: "{{ a | shout }}" }) }))).toEqual([]);
  });

  it("says of an unknown connection or action only that", () => {
    const lost = { ...mail({ subject: "{{ a | shout }}" }), connection: "constructor" };
    const idle = { ...mail({ subject: "{{ a | shout }}" }), action: "toString" };
    expect(find(journey("a", { a: lost }))).toEqual([["journey.unknown_connection", "/nodes/a/connection"]]);
    expect(find(journey("a", { a: idle }))).toEqual([["journey.unknown_action", "/nodes/a/action"]]);
  });

  it("does not walk what is nested without end", () => {
    let deep: unknown = "{{ a | shout }}";
    for (let level = 0; level < 50_000; level++) deep = [deep];
    expect(find(journey("a", { a: hook(deep) })).map(([code]) => code)).toEqual(["journey.too_deep"]);
  });

  it.each([7, null, "text", [], {}, { nodes: [] }, { nodes: { a: null, b: 1, c: { type: "send", input: 3 } } }])(
    "refuses %j without an accident",
    (definition) => {
      expect(find(definition)).not.toEqual([]);
    },
  );

  it("throws them all when a definition has to be one", () => {
    expect(() => parseDefinition(journey("a", { a: mail({ subject: "{{ a | shout }}" }) }), catalog)).toThrow(
      expect.objectContaining({
        code: "journey.invalid",
        problems: [expect.objectContaining({ pointer: "/nodes/a/input/subject" })],
      }),
    );
  });
});
