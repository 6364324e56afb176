import { parseRetryAfter } from "@wend/plugin";
import { expect, test } from "vitest";

const now = Date.UTC(2026, 10, 6, 8, 49, 37);

test.each([
  ["0", 0],
  ["120", 120_000],
  [" 5 ", 5_000],
  ["Fri, 06 Nov 2026 08:50:07 GMT", 30_000],
  ["Friday, 06-Nov-26 08:50:07 GMT", 30_000],
  ["Fri Nov  6 08:50:07 2026", 30_000],
  ["Fri, 06 Nov 2026 08:00:00 GMT", 0],
  ["Sun, 06 Nov 1994 08:49:37 GMT", 0],
  ["99999999999999999999", 86_400_000],
  ["Fri, 06 Nov 2099 08:50:07 GMT", 86_400_000],
])("%j asks for %d ms", (header, ms) => {
  expect(parseRetryAfter(header, now)).toBe(ms);
});

test.each([
  null,
  undefined,
  "",
  "soon",
  "-1",
  "1.5",
  "1e3",
  "0x10",
  "2026-11-06",
  "Fri, 99 Nov 2026 08:50:07 GMT",
  "NaN",
])("%j asks for nothing", (header) => {
  expect(parseRetryAfter(header, now)).toBeUndefined();
});
