// A date alone is midnight UTC. A time without an offset would mean whatever zone the server is in, so it is refused.
const shape = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d))?$/;
const earliest = Date.UTC(1900, 0, 1);
// Beyond some 220 years from now the store no longer keeps every millisecond.
const end = Date.UTC(2200, 0, 1);

/** Milliseconds of an ISO 8601 instant between 1900 and 2199, or undefined when it is none. */
export function parseTimestamp(text: string): number | undefined {
  if (!shape.test(text)) return undefined;
  const instant = Date.parse(text);
  // NaN fails both comparisons.
  if (!(instant >= earliest && instant < end)) return undefined;
  return dayExists(text) ? instant : undefined;
}

// Date.parse takes February 30th for March 2nd.
function dayExists(text: string): boolean {
  const day = Number(text.slice(8, 10));
  if (day <= 28) return true;
  return day <= new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
}
