import { expect, test } from "vitest";
import { stackFrames } from "../../src/connections/stack-frames.ts";

test("tells where an error was made, and nothing of what it says", () => {
  const error = new Error("first s3cret\n    at s3cret (/tmp/a.js:1:1)\nlast s3cret");
  const frames = stackFrames(error) ?? [];
  expect(frames[0]).toContain("stack-frames.test.ts");
  expect(frames.join("\n")).not.toContain("s3cret");
});

test("knows nothing of what is no error, or has lost its stack", () => {
  expect(stackFrames("text")).toBeUndefined();
  expect(stackFrames(Object.assign(new Error("a"), { message: Symbol("a") }))).toBeUndefined();
  expect(stackFrames(Object.assign(new Error("a"), { stack: 7 }))).toBeUndefined();
  expect(stackFrames(Object.assign(new Error("a"), { stack: "b\nc" }))).toEqual([]);
});
