import { validateConnection } from "@wend/plugin";
import { expect, test } from "vitest";
import { z } from "zod";
import { manifest } from "./sample.ts";

const handler = async () => ({ output: {} });

test("a complete connection has no problems", () => {
  expect(validateConnection(manifest, { actions: { open: handler, close: handler }, lookup: handler })).toEqual([]);
});

test("all that is missing is told at once", () => {
  const problems = validateConnection(manifest, { actions: { open: "soon" }, check: true });
  expect(problems.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
    "connection.no_handler /actions/open",
    "connection.no_lookup /lookup",
    "connection.no_handler /actions/close",
    "connection.not_a_method /check",
  ]);
});

const found = (change: object, connection: object) =>
  validateConnection(
    { ...manifest, ...change },
    { actions: { open: handler, close: handler }, lookup: handler, ...connection },
  ).map(({ code, pointer }) => `${code} ${pointer}`);

const batching = { actions: { ...manifest.actions, close: { ...manifest.actions.close, batch: { size: 10 } } } };

test.each([
  [{ close: handler }, []],
  [{ close: handler, open: undefined }, []],
  [undefined, ["connection.no_batch_handler /batches/close"]],
  [{ close: true }, ["connection.no_batch_handler /batches/close"]],
  [{ close: handler, open: handler }, ["connection.batch_undeclared /batches/open"]],
  [{ close: handler, toString: handler }, ["connection.batch_undeclared /batches/toString"]],
])("an action has a handler in batches when it declares batch, and only then (%#)", (batches, problems) => {
  expect(found(batching, { batches })).toEqual(problems);
});

test("a method of every object is no handler", () => {
  const action = { ...manifest.actions.close, batch: { size: 10 } };
  expect(found({ actions: { toString: action } }, { actions: {}, batches: {} })).toEqual([
    "connection.no_handler /actions/toString",
    "connection.no_batch_handler /batches/toString",
  ]);
});

test.each(["receive", "serve"])("events may come in by %s", (method) => {
  expect(found({ events: ["delivered"] }, { [method]: handler })).toEqual([]);
});

test("events may come in by polling, which both sides declare", () => {
  const poll = { everyMs: 60_000 };
  expect(found({ events: ["delivered"], poll }, { poll: handler })).toEqual([]);
  expect(found({ poll }, {})).toEqual(["connection.no_poll /poll"]);
  expect(found({}, { poll: handler })).toEqual(["connection.poll_undeclared /poll"]);
});

test("events and signals that nothing could bring in are told", () => {
  const signals = { "Ticket Solved": { title: "A ticket was solved.", data: z.object({}) } };
  for (const declared of [{ events: ["delivered"] }, { signals }, { events: ["delivered"], signals }]) {
    expect(found(declared, {})).toEqual(["connection.no_receiver /receive"]);
    expect(found(declared, { receive: handler })).toEqual([]);
  }
  expect(found({ events: [], signals: {} }, {})).toEqual([]);
});

test.each(["lookup", "receive", "serve", "preview", "check", "close"])("%s is a function", (method) => {
  expect(found({}, { [method]: "soon" })).toEqual([`connection.not_a_method /${method}`]);
  expect(found({}, { [method]: handler })).toEqual([]);
});

test.each([
  [{ chek: handler }, "/chek"],
  [{ batchs: {} }, "/batchs"],
  [{ "a/b": undefined }, "/a~1b"],
  [{ constructor: handler }, "/constructor"],
  [{ actions: { open: handler, close: handler, opne: handler } }, "/actions/opne"],
  [{ actions: { open: handler, close: handler, toString: handler } }, "/actions/toString"],
])("what nobody calls is told: %j", (more, pointer) => {
  expect(found({}, more)).toEqual([`connection.unknown_field ${pointer}`]);
});

test("what is told of a misspelt method names those that there are", () => {
  const [problem] = validateConnection(manifest, {
    actions: { open: handler, close: handler },
    lookup: handler,
    chek: 1,
  });
  expect(problem?.message).toMatch(/^A connection has no chek; there are: actions, batches, .*check, close\.$/);
});

test("nothing is no connection", () => {
  expect(validateConnection(manifest, undefined)).toMatchObject([{ code: "connection.not_an_object" }]);
});
