import { validateConnection } from "@wend/plugin";
import { expect, test } from "vitest";
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

test("nothing is no connection", () => {
  expect(validateConnection(manifest, undefined)).toMatchObject([{ code: "connection.not_an_object" }]);
});
