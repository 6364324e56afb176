import { resolveDedupe } from "@wend/plugin";
import { expect, test } from "vitest";

const dedupe = { by: "key", windowMs: 86_400_000, windowField: "keyWindowMs" } as const;

test("a connection's own window replaces the action's", () => {
  expect(resolveDedupe(dedupe, { keyWindowMs: 60_000 })).toEqual({ by: "key", windowMs: 60_000 });
});

test("without a window of its own the connection has the action's", () => {
  expect(resolveDedupe(dedupe, {})).toEqual({ by: "key", windowMs: 86_400_000 });
});

test("a window of 0 says that the provider ignores the key, so nothing may be repeated blindly", () => {
  expect(resolveDedupe(dedupe, { keyWindowMs: 0 })).toEqual({ by: "none" });
});

test("where only the operator can know, a connection that says nothing repeats nothing blindly", () => {
  const operators = { by: "key", windowField: "keyWindowMs" } as const;
  expect(resolveDedupe(operators, {})).toEqual({ by: "none" });
  expect(resolveDedupe(operators, { keyWindowMs: 0 })).toEqual({ by: "none" });
  expect(resolveDedupe(operators, { keyWindowMs: 60_000 })).toEqual({ by: "key", windowMs: 60_000 });
});

test("other ways of deduplication are not configured", () => {
  expect(resolveDedupe({ by: "lookup", settleMs: 5 }, { keyWindowMs: 0 })).toEqual({ by: "lookup", settleMs: 5 });
});
