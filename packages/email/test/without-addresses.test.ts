import { withoutAddresses } from "@wend/email";
import { expect, test } from "vitest";

test.each([
  ["550 5.1.1 <ada@example.com>: unknown", "550 5.1.1 <…>: unknown"],
  ["no such user 'ada@example.com'\r\n  here", "no such user '…' here"],
  ["x".repeat(300), "x".repeat(200)],
])("%j becomes %j", (words, expected) => {
  expect(withoutAddresses(words)).toBe(expected);
});
