import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDuration,
  compileDuration,
  findDurationFault,
  subtractDuration,
  widestSpan,
} from "../../src/time/duration.ts";
import { isTimeZone } from "../../src/time/zone.ts";

const instant = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
const shown = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString();

describe("a calendar day keeps the local time", () => {
  // [zone, from, duration, to]: gaps and folds as Temporal's `compatible` resolves them.
  test.each([
    ["America/New_York", "2026-03-07T02:30-05:00", "P1D", "2026-03-08T07:30:00Z"],
    ["America/New_York", "2026-10-31T01:30-04:00", "P1D", "2026-11-01T05:30:00Z"],
    ["Africa/Cairo", "2026-04-23T00:30+02:00", "P1D", "2026-04-23T22:30:00Z"],
    ["Pacific/Apia", "2011-12-29T09:00-10:00", "P1D", "2011-12-30T19:00:00Z"],
    ["Europe/Berlin", "2026-03-28T09:00+01:00", "P1D", "2026-03-29T07:00:00Z"],
    ["Europe/Berlin", "2026-03-28T09:00+01:00", "PT24H", "2026-03-29T08:00:00Z"],
    ["Europe/Berlin", "2026-03-28T09:00+01:00", "P1DT2H", "2026-03-29T09:00:00Z"],
    ["Europe/Berlin", "2026-01-31T09:00+01:00", "P1M", "2026-02-28T08:00:00Z"],
    ["UTC", "2026-03-28T09:00Z", "P2D", "2026-03-30T09:00:00Z"],
    ["UTC", "2024-02-29T09:00Z", "P3Y", "2027-02-28T09:00:00Z"],
  ])("%s: %s + %s = %s", (...[zone, from, duration, to]) => {
    expect(shown(addDuration(instant(from), compileDuration(duration, zone)))).toBe(to);
  });
});

test("a calendar window reaches back by local days", () => {
  const back = subtractDuration(instant("2026-03-29T09:00+02:00"), compileDuration("P1D", "Europe/Berlin"));
  expect(shown(back)).toBe("2026-03-28T08:00:00Z");
});

test("hours, and days where clocks never change, cost no calendar", () => {
  expect(compileDuration("PT36H30M", "Europe/Berlin")).toEqual({ kind: "exact", ms: 131_400_000 });
  expect(compileDuration("P2W", "UTC")).toEqual({ kind: "exact", ms: 1_209_600_000 });
});

test("what is not positive, not ISO 8601 or longer than a thousand years is refused", () => {
  for (const bad of ["", "P", "1h", "PT0S", "-PT1H", "PT0.0001S", "P1001Y", "PT1e9H", "P999999999999999D"]) {
    expect([bad, findDurationFault(bad)]).toEqual([bad, expect.any(String)]);
  }
  for (const good of ["PT0.001S", "PT24H", "P2D", "P3Y", "P1DT2H", "P1000Y"]) {
    expect([good, findDurationFault(good)]).toEqual([good, undefined]);
  }
});

test("an offset is no time zone, a link and UTC are", () => {
  expect(["+01:00", "Z", "", "Nowhere", "2020-01-01T00:00[Europe/Berlin]"].filter(isTimeZone)).toEqual([]);
  expect(["Europe/Berlin", "Asia/Calcutta", "UTC"].every(isTimeZone)).toBe(true);
});

const zone = fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe");
const duration = fc.constantFrom("PT1S", "PT5H", "P1D", "P30D", "P2W", "P1M", "P3Y", "P1DT12H");
const at = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2040, 0) });

test("a duration leads forward and never further than its widest span", () => {
  fc.assert(
    fc.property(zone, duration, at, (timeZone, text, from) => {
      const compiled = compileDuration(text, timeZone);
      const to = addDuration(from, compiled);
      expect(to).toBeGreaterThan(from);
      expect(to - from).toBeLessThanOrEqual(widestSpan(compiled));
      expect(from - subtractDuration(from, compiled)).toBeLessThanOrEqual(widestSpan(compiled));
    }),
  );
});
