import { receiptKinds, validateManifest } from "@wend/plugin";
import { expect, test } from "vitest";
import { z } from "zod";
import { manifest, open } from "./sample.ts";

const found = (candidate: unknown) => validateManifest(candidate).map(({ code, pointer }) => `${code} ${pointer}`);
const withOpen = (change: object) => ({ ...manifest, actions: { open: { ...open, ...change } } });

test("a manifest that fits has no problems", () => {
  expect(validateManifest(manifest)).toEqual([]);
});

test("all faults are told at once, with pointers", () => {
  const broken = {
    ...manifest,
    id: "Support Sample",
    version: "1.0",
    contract: 2,
    secrets: ["token", "password", "windowMs"],
    actions: {
      "Open!": { ...open, title: " ", channel: "E-Mail", purpose: "spam", address: "fax", dedupe: undefined },
    },
  };
  expect(found(broken)).toEqual([
    "manifest.bad_id /id",
    "manifest.bad_version /version",
    "manifest.wrong_contract /contract",
    "manifest.bad_secrets /secrets/1",
    "manifest.bad_secrets /secrets/2",
    "manifest.bad_action_name /actions/Open!",
    "manifest.bad_title /actions/Open!/title",
    "manifest.bad_channel /actions/Open!/channel",
    "manifest.bad_purpose /actions/Open!/purpose",
    "manifest.bad_address /actions/Open!/address",
    "manifest.bad_dedupe /actions/Open!/dedupe",
  ]);
});

test.each(["a", "email-smtp", "crm2"])("%j is an id", (id) => {
  expect(found({ ...manifest, id })).toEqual([]);
});

test.each(["", "-a", "a-", "a--b", "2a", "a_b", "A", "a".repeat(65), 7])("%j is no id", (id) => {
  expect(found({ ...manifest, id })).toEqual(["manifest.bad_id /id"]);
});

test.each(["0.0.0", "1.2.3-beta.1+build.5"])("%j is a version", (version) => {
  expect(found({ ...manifest, version })).toEqual([]);
});

test.each(["", "1", "1.2", "01.2.3", "v1.2.3", "1.2.3-"])("%j is no version", (version) => {
  expect(found({ ...manifest, version })).toEqual(["manifest.bad_version /version"]);
});

test.each([
  [{ by: "key", windowMs: 0 }, "/windowMs"],
  [{ by: "key" }, "/windowMs"],
  [{ by: "key", windowMs: 5, windowField: "url" }, "/windowField"],
  [{ by: "key", windowMs: 5, windowField: "nope" }, "/windowField"],
  [{ by: "key", windowField: "url" }, "/windowField"],
  [{ by: "key", windowMs: 0, windowField: "windowMs" }, "/windowMs"],
  [{ by: "lookup" }, "/settleMs"],
  [{ by: "lookup", settleMs: -1 }, "/settleMs"],
  [{ by: "luck" }, ""],
])("dedupe %j is refused", (dedupe, pointer) => {
  expect(found(withOpen({ dedupe }))).toEqual([`manifest.bad_dedupe /actions/open/dedupe${pointer}`]);
});

test.each([
  { by: "key", windowMs: 5, windowField: "windowMs" },
  { by: "key", windowField: "windowMs" },
  { by: "lookup", settleMs: 0 },
  { by: "natural" },
  { by: "none" },
])("dedupe %j is accepted", (dedupe) => {
  expect(found(withOpen({ dedupe }))).toEqual([]);
});

const input = z.object({
  text: z.string(),
  maybe: z.string().min(1).nullable().optional(),
  fallback: z.string().default("x").readonly(),
  either: z.union([z.string(), z.number()]),
  count: z.number(),
  flag: z.boolean().optional(),
  tree: z.json(),
  map: z.record(z.string(), z.unknown()).optional(),
  list: z.array(z.string()),
});

test.each([
  { text: "text", maybe: "html", fallback: "text", either: "text" },
  { tree: "json", map: "json", list: "json", text: "json" },
])("templates %j fit their fields", (templates) => {
  expect(found(withOpen({ input, templates }))).toEqual([]);
});

test.each([
  [{ count: "text" }, "count"],
  [{ flag: "html" }, "flag"],
  [{ list: "text" }, "list"],
  [{ map: "html" }, "map"],
  [{ count: "json" }, "count"],
  [{ nope: "text" }, "nope"],
  [{ text: "markdown" }, "text"],
])("templates %j are refused", (templates, field) => {
  expect(found(withOpen({ input, templates }))).toEqual([`manifest.bad_template /actions/open/templates/${field}`]);
});

test.each([
  [{ rateLimit: { perSecond: 0 } }, "/rateLimit/perSecond"],
  [{ rateLimit: { perSecond: Number.POSITIVE_INFINITY } }, "/rateLimit/perSecond"],
  [{ timeoutMs: 0 }, "/timeoutMs"],
  [{ timeoutMs: 2 ** 31 }, "/timeoutMs"],
])("the limit %j is refused", (limit, pointer) => {
  expect(found(withOpen(limit))).toEqual([`manifest.bad_limit /actions/open${pointer}`]);
});

test("whether an action keeps its output is said by true or false", () => {
  for (const keepsOutput of [true, false, undefined]) expect(found(withOpen({ keepsOutput }))).toEqual([]);
  for (const keepsOutput of ["true", 1, null, {}]) {
    expect(found(withOpen({ keepsOutput }))).toEqual(["manifest.bad_keeps_output /actions/open/keepsOutput"]);
  }
});

test("that an action reaches nobody but its address is said by true or false, and true only of one that has an address", () => {
  for (const addressOnly of [true, false, undefined]) {
    expect(found(withOpen({ address: "email", addressOnly }))).toEqual([]);
  }
  for (const [address, addressOnly] of [
    ["email", "true"],
    ["email", 1],
    ["email", null],
    [undefined, true],
  ]) {
    expect(found(withOpen({ address, addressOnly }))).toEqual(["manifest.bad_address_only /actions/open/addressOnly"]);
  }
});

test.each([1, 2, 1_000])("a batch of %j is accepted", (size) => {
  expect(found(withOpen({ batch: { size } }))).toEqual([]);
});

test.each([{ size: 0 }, { size: 1_001 }, { size: 1.5 }, { size: "10" }, { size: Number.NaN }, {}, null, 10])(
  "the batch %j is refused",
  (batch) => {
    expect(found(withOpen({ batch }))).toEqual(["manifest.bad_batch /actions/open/batch/size"]);
  },
);

test.each([[[]], [["delivered"]], [[...receiptKinds]]])("the events %j are accepted", (events) => {
  expect(found({ ...manifest, events })).toEqual([]);
});

test.each([
  ["delivered", "/events"],
  [{ 0: "delivered" }, "/events"],
  [["delivered", "read"], "/events/1"],
  [["delivered", "bounced", "delivered"], "/events/2"],
  [[undefined], "/events/0"],
  [["toString"], "/events/0"],
])("the events %j are refused", (events, pointer) => {
  expect(found({ ...manifest, events })).toEqual([`manifest.bad_events ${pointer}`]);
});

const solved = { title: "A ticket was solved.", data: z.object({ number: z.number() }) };

test.each(["Ticket Solved", "a", "x".repeat(200), "Ticket $olved"])("%j is the name of a signal", (name) => {
  expect(found({ ...manifest, signals: { [name]: solved } })).toEqual([]);
});

test.each(["", "$ticket", "x".repeat(201)])("%j is no name of a signal", (name) => {
  expect(found({ ...manifest, signals: { [name]: solved } })).toEqual([`manifest.bad_signal_name /signals/${name}`]);
});

test.each([
  [[solved], ["manifest.bad_signal /signals"]],
  [null, ["manifest.bad_signal /signals"]],
  [{ "a/b": null }, ["manifest.bad_signal /signals/a~1b"]],
  [{ a: { ...solved, data: z.string() } }, ["manifest.bad_schema /signals/a/data"]],
  [
    { a: { ...solved, resubscribes: "yes" }, b: { ...solved, resubscribes: true } },
    ["manifest.bad_signal /signals/a/resubscribes"],
  ],
  [{ a: { title: " " }, b: solved }, ["manifest.bad_title /signals/a/title", "manifest.bad_schema /signals/a/data"]],
])("signals that are none are refused (%#)", (signals, problems) => {
  expect(found({ ...manifest, signals })).toEqual(problems);
});

test.each([1_000, 86_400_000])("polling every %j ms is accepted", (everyMs) => {
  expect(found({ ...manifest, poll: { everyMs } })).toEqual([]);
});

test.each([{ everyMs: 999 }, { everyMs: 86_400_001 }, { everyMs: 1_500.5 }, { everyMs: "5000" }, {}, null, true])(
  "polling by %j is refused",
  (poll) => {
    expect(found({ ...manifest, poll })).toEqual(["manifest.bad_poll /poll/everyMs"]);
  },
);

test.each([
  [null, "manifest.not_an_object "],
  [{ ...manifest, actions: {} }, "manifest.no_actions /actions"],
  [{ ...manifest, config: { url: "string" } }, "manifest.bad_schema /config"],
  [{ ...manifest, secrets: "token" }, "manifest.bad_secrets /secrets"],
  [{ ...manifest, actions: { open: null } }, "manifest.bad_action /actions/open"],
  [withOpen({ input: z.string(), templates: undefined }), "manifest.bad_schema /actions/open/input"],
  [withOpen({ output: undefined }), "manifest.bad_schema /actions/open/output"],
])("a manifest from JavaScript is refused where it does not fit (%#)", (candidate, problem) => {
  expect(found(candidate)).toEqual([problem]);
});

test("a key of another object is no field", () => {
  expect(found({ ...manifest, secrets: ["toString"] })).toEqual(["manifest.bad_secrets /secrets/0"]);
  expect(found(withOpen({ templates: { toString: "text" } }))).toEqual([
    "manifest.bad_template /actions/open/templates/toString",
  ]);
});

test.each([
  [{ ...manifest, secret: ["token"] }, "/secret"],
  [{ ...manifest, "a/b": 1 }, "/a~1b"],
  [{ ...manifest, constructor: 1 }, "/constructor"],
  [{ ...manifest, poll: { everyMs: 1_000, every: 5 } }, "/poll/every"],
  [{ ...manifest, signals: { "Ticket Solved": { ...solved, kind: "a" } } }, "/signals/Ticket Solved/kind"],
  [withOpen({ adress: "support" }), "/actions/open/adress"],
  [withOpen({ rateLimits: { perSecond: 1 } }), "/actions/open/rateLimits"],
  [withOpen({ rateLimit: { perSecond: 1, perMinute: 1 } }), "/actions/open/rateLimit/perMinute"],
  [withOpen({ batch: { size: 1, max: 1 } }), "/actions/open/batch/max"],
  [withOpen({ dedupe: { by: "key", windowMs: 1, windowFeld: "url" } }), "/actions/open/dedupe/windowFeld"],
])("a field that there is not is refused (%#)", (candidate, pointer) => {
  expect(found(candidate)).toEqual([`manifest.unknown_field ${pointer}`]);
});

test("a manifest with every field of the contract has none too many", () => {
  const whole = { ...open, address: "support", keepsOutput: true, batch: { size: 1 }, timeoutMs: 1 };
  const actions = { open: { ...whole, rateLimit: { perSecond: 1 } } };
  const incoming = { events: ["delivered"], signals: { "Ticket Solved": solved }, poll: { everyMs: 1_000 } };
  expect(found({ ...manifest, actions, ...incoming, recording: true })).toEqual([]);
});

test("what is told of a misspelt field names those that there are", () => {
  const [problem] = validateManifest(withOpen({ adress: "support" }));
  expect(problem?.message).toMatch(/^There is no field adress; there are: title, .*address, .*timeoutMs\.$/);
});
