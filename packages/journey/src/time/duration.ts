import { limits } from "../language/limits.ts";

/** A duration as the engine adds it: exact milliseconds, or calendar units in a zone. */
export type CompiledDuration =
  | { readonly kind: "exact"; readonly ms: number }
  | { readonly kind: "calendar"; readonly duration: Temporal.Duration; readonly timeZone: string };

const DAY = 86_400_000;
const LAST_INSTANT = 8_640_000_000_000_000;

// Zones shift their civil time by up to a day (Apia skipped one), so a calendar day is at most this much longer.
const CALENDAR_SLACK = 2 * DAY;

/** What is wrong with an ISO 8601 duration, or undefined. */
export function findDurationFault(text: string): string | undefined {
  let duration: Temporal.Duration;
  try {
    duration = Temporal.Duration.from(text);
    const span = duration.total({ unit: "milliseconds", relativeTo: "2000-01-01" });
    if (span < 1) return "it must be at least a millisecond";
    if (span > limits.durationYears * 365.25 * DAY) return `it must be at most ${limits.durationYears} years`;
  } catch {
    return "it is not an ISO 8601 duration such as PT24H or P2D";
  }
  return undefined;
}

/** Compiles a duration that {@link findDurationFault} found no fault in. */
export function compileDuration(text: string, timeZone: string): CompiledDuration {
  const duration = Temporal.Duration.from(text);
  if (isExact(duration, timeZone)) {
    return { kind: "exact", ms: Math.round(duration.total({ unit: "milliseconds", relativeTo: "1970-01-01" })) };
  }
  return { kind: "calendar", duration, timeZone };
}

// Without clock changes a calendar day is 24 hours; only months and years still need a calendar.
function isExact(duration: Temporal.Duration, timeZone: string): boolean {
  if (duration.years !== 0 || duration.months !== 0) return false;
  return timeZone.toUpperCase() === "UTC" || (duration.weeks === 0 && duration.days === 0);
}

/** The instant a duration after `at`. A local time that does not exist, or exists twice, resolves as `compatible`. */
export function addDuration(at: number, duration: CompiledDuration): number {
  if (duration.kind === "exact") return inRange(at + duration.ms);
  return zoned(at, duration.timeZone).add(duration.duration).epochMilliseconds;
}

/** The instant a duration before `at`. */
export function subtractDuration(at: number, duration: CompiledDuration): number {
  if (duration.kind === "exact") return at - duration.ms;
  return zoned(at, duration.timeZone).subtract(duration.duration).epochMilliseconds;
}

/** Milliseconds that the duration spans at most, wherever it starts. */
export function widestSpan(duration: CompiledDuration): number {
  if (duration.kind === "exact") return duration.ms;
  const { years, months } = duration.duration;
  const span = duration.duration.total({ unit: "milliseconds", relativeTo: "2000-01-01" });
  return span + CALENDAR_SLACK + (Math.abs(years) + Math.abs(months)) * 3 * DAY;
}

function zoned(at: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}

function inRange(instant: number): number {
  if (instant > LAST_INSTANT) throw new RangeError("the due time is beyond the last instant");
  return instant;
}
