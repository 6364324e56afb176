import { withoutAddresses } from "@wend/email";
import { expect, test } from "vitest";

test.each([
  ["550 5.1.1 <ada@example.com>: unknown", "550 5.1.1 <…>: unknown"],
  ["no such user 'ada@example.com'\r\n  here", "no such user '…' here"],
  ["x".repeat(300), "x".repeat(200)],
  ["550 no\0such \ud83d user", "550 no\ufffdsuch \ufffd user"],
  [`${"x".repeat(199)}💥`, "x".repeat(199)],
])("%j becomes %j", (words, expected) => {
  expect(withoutAddresses(words)).toBe(expected);
});

test.each(["x", "@", "x@", " x@y"])("a reply of 64 KB of %j takes no time", (unit) => {
  const words = unit.repeat(65_536 / unit.length);
  const start = performance.now();
  withoutAddresses(words);
  expect(performance.now() - start).toBeLessThan(100);
});
