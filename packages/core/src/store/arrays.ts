// Array literals for `unnest($1::uuid[], …)`. The driver's own serialiser tests every element for its type
// and quotes with two regular expressions; on the engine's path that is a quarter of its time.

type Nullable<T> = T | null;

/** For uuid[], integer[], smallint[], boolean[]: values that never need quotes. */
export function plainArray(values: readonly Nullable<string | number | boolean>[]): string {
  let out = "{";
  for (let i = 0; i < values.length; i++) {
    if (i > 0) out += ",";
    out += values[i] ?? "NULL";
  }
  return `${out}}`;
}

/** For text[] and jsonb[] given as JSON text. */
export function textArray(values: readonly Nullable<string>[]): string {
  let out = "{";
  for (let i = 0; i < values.length; i++) {
    if (i > 0) out += ",";
    const value = values[i]!;
    if (value === null) out += "NULL";
    else out += needsEscape.test(value) ? `"${value.replace(escapable, "\\$&")}"` : `"${value}"`;
  }
  return `${out}}`;
}

const needsEscape = /["\\]/;
const escapable = /["\\]/g;

/** For jsonb[]: each value serialised once; null and undefined become SQL null. */
export function jsonArray(values: readonly unknown[]): string {
  return textArray(values.map((value) => (value === null || value === undefined ? null : JSON.stringify(value))));
}

/**
 * For `string_to_array($1, E'\x01')`, each element cast to jsonb where it is used: JSON texts without null. No JSON
 * text holds that character, so nothing has to be quoted here or unquoted there; of larger documents that is half
 * of what they cost on both sides.
 */
export function joinedJson(texts: readonly string[]): string {
  return texts.join("\u0001");
}

/**
 * For float8[] that becomes timestamptz by `to_timestamp(…)`: milliseconds since the epoch, as seconds.
 * Numbers are written and read several times faster than ISO text, and a millisecond survives exactly.
 */
export function timeArray(values: readonly Nullable<number>[]): string {
  let out = "{";
  for (let i = 0; i < values.length; i++) {
    if (i > 0) out += ",";
    const value = values[i]!;
    out += value === null ? "NULL" : value / 1000;
  }
  return `${out}}`;
}
