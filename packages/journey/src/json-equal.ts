import type { Json, JsonObject } from "./json.ts";

/** Whether two JSON values are equal, whatever the order of keys. */
export function jsonEqual(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && listsEqual(a, b);
  return !Array.isArray(b) && objectsEqual(a as JsonObject, b as JsonObject);
}

function listsEqual(a: readonly Json[], b: readonly Json[]): boolean {
  return a.length === b.length && a.every((value, index) => jsonEqual(value, b[index] as Json));
}

function objectsEqual(a: JsonObject, b: JsonObject): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && jsonEqual(a[key] as Json, b[key] as Json));
}
