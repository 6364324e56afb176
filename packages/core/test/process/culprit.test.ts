import { resolve } from "node:path";
import { expect, test } from "vitest";
import { findCulprit } from "../../src/process/culprit.ts";

const core = resolve(import.meta.dirname, "../../src");
const scope = { plugin: "acme", connectionId: "c-1" };
const folders = [
  { plugin: "acme-package", path: "/srv/acme/dist" },
  { plugin: "./one.js", path: "/srv/one.js" },
];

/** An error as it comes from these places, the innermost first. */
function thrownAt(...places: string[]): Error {
  const error = new Error("said");
  error.stack = ["Error: said", ...places.map((place) => `    at work (${place}:7:3)`)].join("\n");
  return error;
}

const plugin = thrownAt("file:///srv/acme/dist/call.js", `file://${core}/connections/call-plugin.ts`);
const host = thrownAt(`file://${core}/outbound/guarded-connect.ts`, "node:net");
const library = thrownAt("/srv/node_modules/pg/lib/client.js", "node:net");
const platform = thrownAt("node:net");
const app = thrownAt("/srv/wend/apps/worker/src/main.ts");

const raise = () => {
  throw new Error("s3cret");
};
/** Errors that run code of their own when they are looked at. */
const hostile = {
  getter: Object.defineProperty(new Error("said"), "stack", { get: raise }),
  proxy: new Proxy(new Error("said"), { getPrototypeOf: raise }),
  symbol: Object.assign(new Error("said"), { message: Symbol("said") }),
};

const own = { kind: "own" };
const unknown = { kind: "unknown" };
const scoped = { kind: "plugin", ...scope };

test.each([
  ["a plugin's code, in its scope", { error: plugin, scope }, scoped],
  ["a plugin's code, in no scope", { error: plugin }, { kind: "plugin", plugin: "acme-package" }],
  ["a plugin of one file", { error: thrownAt("/srv/one.js") }, { kind: "plugin", plugin: "./one.js" }],
  ["a file beside it", { error: thrownAt("/srv/one.json.js") }, own],
  ["code that a plugin shares", { error: app, scope }, scoped],
  ["the platform, in a scope", { error: platform, scope }, scoped],
  ["the platform, in no scope", { error: platform }, unknown],
  ["a library, in a scope", { error: library, scope }, scoped],
  ["a library, in no scope", { error: library }, unknown],
  ["what is installed below a plugin", { error: thrownAt("/srv/acme/dist/node_modules/x/a.js") }, unknown],
  ["the host, left by a plugin that did not wait", { error: host, scope, origin: "rejection" }, scoped],
  ["the host alone, although in a scope", { error: host, scope }, own],
  ["the host, in no scope", { error: host, origin: "rejection" }, own],
  ["an app", { error: app }, own],
  ["what is no error, in a scope", { error: "s3cret", scope }, scoped],
  ["what is no error, in no scope", { error: "s3cret" }, unknown],
  ["a stack that throws, in a scope", { error: hostile.getter, scope }, scoped],
  ["a stack that throws, in no scope", { error: hostile.getter }, unknown],
  ["a proxy that throws", { error: hostile.proxy, scope }, scoped],
  ["a message that is no text", { error: hostile.symbol, scope }, scoped],
  ["a file of another machine", { error: thrownAt("file://remote/a.js"), scope }, scoped],
  ["a file that cannot be", { error: thrownAt("file:///a%2Fb.js"), scope }, scoped],
] as const)("tells whose an error is: of %s", (_, stray, culprit) => {
  expect(findCulprit({ origin: "exception", scope: undefined, folders, ...stray })).toEqual(culprit);
});
