const DAY_MS = 86_400_000;
// The three forms of RFC 9110 5.6.7; only asctime leaves out the zone.
const withZone = /^[A-Z][a-z]{2,8}, \d{2}[ -][A-Z][a-z]{2}[ -](?:\d{4}|\d{2}) \d{2}:\d{2}:\d{2} GMT$/;
const asctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/**
 * Milliseconds from `now` that a `Retry-After` header asks for, in both its forms: seconds, or an HTTP date.
 * Undefined when absent or malformed. Never negative, and at most a day: a provider that asks for a year is
 * asked again tomorrow.
 */
export function parseRetryAfter(header: string | null | undefined, now: number): number | undefined {
  const text = header?.trim() ?? "";
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : parseHttpDate(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), DAY_MS);
}

function parseHttpDate(text: string): number {
  if (withZone.test(text)) return Date.parse(text);
  if (asctime.test(text)) return Date.parse(`${text} GMT`);
  return Number.NaN;
}
