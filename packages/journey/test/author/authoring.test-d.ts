import type { PluginManifest } from "@wend/plugin";
import { describe, expectTypeOf, test } from "vitest";
import type { AuthoredJourney, JourneyDefinition } from "../../src/index.ts";
import { createAuthoring } from "../../src/index.ts";
import { defineJourney, smtp, webhook } from "./sample.ts";

const base = { name: "x", timeZone: "UTC", triggers: [{ type: "event", event: "A" }], start: "a" } as const;
const rest = { outcome: { policy: "continue" }, next: "b" } as const;
const b = { type: "end", outcome: "done" } as const;
const mail = { type: "send", connection: "mail", action: "send", ...rest } as const;
const task = { type: "send", connection: "crm", action: "createTask", ...rest } as const;
const due = { subject: "Call", dueAt: "2026-01-01T00:00:00Z" } as const;

test("a journey is a definition, with the ids of its nodes", () => {
  const journey = defineJourney({ ...base, nodes: { a: { ...mail, input: { subject: "Hi", text: "Hello" } }, b } });
  expectTypeOf(journey).toEqualTypeOf<AuthoredJourney<"a" | "b">>();
  expectTypeOf(journey).toExtend<JourneyDefinition>();
});

describe("what an author gets wrong does not compile:", () => {
  test("an unknown connection", () => {
    // @ts-expect-error Type '"mial"' is not assignable to type '"mail" | …'
    defineJourney({ ...base, nodes: { a: { ...mail, connection: "mial", input: { subject: "Hi" } }, b } });
    // @ts-expect-error the CRM is no such connection
    defineJourney({ ...base, nodes: { a: { type: "webhook", connection: "fax", input: { body: 1 }, ...rest }, b } });
  });

  test("an unknown action, of this connection at least", () => {
    // @ts-expect-error Type '"sned"' is not assignable to type '"send"'
    defineJourney({ ...base, nodes: { a: { ...mail, action: "sned", input: { subject: "Hi" } }, b } });
    // @ts-expect-error the action is one of the CRM
    defineJourney({ ...base, nodes: { a: { ...mail, action: "createTask", input: due }, b } });
    // @ts-expect-error a webhook node without an action posts, and the CRM has no such action
    defineJourney({ ...base, nodes: { a: { type: "webhook", connection: "crm", input: due, ...rest }, b } });
  });

  test("a wrong key of the input, also a deeper one", () => {
    // @ts-expect-error 'sbject' does not exist
    defineJourney({ ...base, nodes: { a: { ...mail, input: { sbject: "Hi" } }, b } });
    // @ts-expect-error 'extra' does not exist
    defineJourney({ ...base, nodes: { a: { ...mail, input: { subject: "Hi", text: "Hello", extra: 1 } }, b } });
    // @ts-expect-error 'scroe' does not exist
    defineJourney({ ...base, nodes: { a: { ...task, input: { ...due, fields: { scroe: 1 } } }, b } });
  });

  test("a missing key of the input", () => {
    // @ts-expect-error Property 'subject' is missing
    defineJourney({ ...base, nodes: { a: { ...mail, input: { text: "Hello" } }, b } });
    // @ts-expect-error Property 'input' is missing
    defineJourney({ ...base, nodes: { a: mail, b } });
  });

  test("a value of another type, or none of the few words", () => {
    // @ts-expect-error Type 'number' is not assignable to type 'string'
    defineJourney({ ...base, nodes: { a: { ...mail, input: { subject: 1 } }, b } });
    // @ts-expect-error Type '"HIHG"' is not assignable
    defineJourney({ ...base, nodes: { a: { ...task, input: { ...due, priority: "HIHG" } }, b } });
    // @ts-expect-error the language's references have no meaning in an input
    defineJourney({ ...base, nodes: { a: { ...mail, input: { subject: { ref: "profile.name" } } }, b } });
  });

  test("an edge to no node", () => {
    // @ts-expect-error Type '"z"' is not assignable to type '"a" | "b"'
    defineJourney({ ...base, start: "z", nodes: { a: b, b } });
    // @ts-expect-error Type '"z"' is not assignable to type '"a" | "b"'
    defineJourney({ ...base, nodes: { a: { ...mail, input: { subject: "Hi" }, next: "z" }, b } });
    // @ts-expect-error Type '"z"' is not assignable to type '"a" | "b"'
    defineJourney({ ...base, nodes: { a: { type: "delay", for: "PT1H", next: "z" }, b } });
    const outcome = { policy: "branch", failed: "b", suppressed: "z" } as const;
    // @ts-expect-error Type '"z"' is not assignable to type '"a" | "b"'
    defineJourney({ ...base, nodes: { a: { ...mail, outcome, input: { subject: "Hi" } }, b } });
  });
});

describe("a template may stand", () => {
  test("for any text of a field that is rendered, for whatever it will say", () => {
    const input = {
      subject: "{{ profile.name }}",
      dueAt: "{{ event.at }}",
      priority: "{% if x %}LOW{% endif %}",
    } as const;
    defineJourney({ ...base, nodes: { a: { ...task, input }, b } });
  });

  test("for any value in a field that is a tree", () => {
    const fields = { score: "{{ profile.score }}", tags: ["{{ profile.tag }}"], more: [{ a: null }] } as const;
    defineJourney({ ...base, nodes: { a: { ...task, input: { ...due, fields } }, b } });
    const whole = { score: 1, tags: "{{ profile.tags }}" } as const;
    defineJourney({ ...base, nodes: { a: { ...task, input: { ...due, fields: whole } }, b } });
    defineJourney({ ...base, nodes: { a: { ...task, input: { ...due, fields: "{{ vars.fields }}" } }, b } });
    const text = { score: "about {{ profile.score }}" } as const;
    // @ts-expect-error more than the template itself is text, and no number
    defineJourney({ ...base, nodes: { a: { ...task, input: { ...due, fields: text } }, b } });
  });

  test("for nothing in a field that goes out as it is written, and for no number where text is rendered", () => {
    // @ts-expect-error kind is not rendered
    defineJourney({ ...base, nodes: { a: { ...task, input: { ...due, kind: "{{ event.kind }}" } }, b } });
    // @ts-expect-error minutes is not rendered
    defineJourney({ ...base, nodes: { a: { ...task, input: { ...due, minutes: "{{ event.minutes }}" } }, b } });
  });
});

describe("a webhook node", () => {
  test("posts any JSON without saying so, and makes another action by its name", () => {
    const body = { customer: "{{ profile.id }}", items: [1, null, { a: true }] };
    defineJourney({ ...base, nodes: { a: { type: "webhook", connection: "hook", input: { body }, ...rest }, b } });
    const named = { type: "webhook", connection: "crm", action: "createTask", input: due, ...rest } as const;
    defineJourney({ ...base, nodes: { a: named, b } });
  });
});

describe("a route", () => {
  const { connection: _, ...node } = { ...mail, input: { subject: "Hi", text: "Hello" } } as const;

  test("is named like a connection, with what all its members can make", () => {
    defineJourney({ ...base, nodes: { a: { ...node, connection: "post" }, b } });
    // @ts-expect-error only one of its members posts
    defineJourney({ ...base, nodes: { a: { type: "webhook", connection: "post", input: { body: 1 }, ...rest }, b } });
    // @ts-expect-error what its first member takes would be lost on the way through the second
    defineJourney({ ...base, nodes: { a: { ...node, connection: "tracked" }, b } });
  });

  test("has members that there are", () => {
    const connections = { mail: smtp, hook: webhook };
    // @ts-expect-error Type '"mial"' is not assignable
    createAuthoring({ connections, routes: { post: ["mail", "mial"] } });
    // @ts-expect-error a route has a member
    createAuthoring({ connections, routes: { post: [] } });
  });
});

test("a manifest that is known only when it runs takes any action and any JSON", () => {
  const known = createAuthoring({ connections: { mail: smtp as PluginManifest, hook: webhook } });
  const input = { subject: 1, list: [null] };
  known.defineJourney({ ...base, nodes: { a: { ...mail, action: "any", input }, b } });
  // @ts-expect-error of the other one all is known
  known.defineJourney({ ...base, nodes: { a: { type: "webhook", connection: "hook", input, ...rest }, b } });
});

test("without a connection there is nothing to send by", () => {
  const none = createAuthoring({ connections: {} });
  none.defineJourney({ ...base, nodes: { a: { type: "delay", for: "P1D", next: "b" }, b } });
  // @ts-expect-error Type '"send"' is not assignable
  none.defineJourney({ ...base, nodes: { a: { ...mail, input: { subject: "Hi" } }, b } });
});

test("nodes that are computed have any ids", () => {
  const nodes = Object.fromEntries([1, 2].map((n) => [`end-${n}`, { type: "end", outcome: `${n}` } as const]));
  defineJourney({ ...base, start: "end-1", nodes });
});
