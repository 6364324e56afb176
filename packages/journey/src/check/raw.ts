// A definition is checked as a whole even where its schema is broken, so checks read it as unknown JSON.

export type RawObject = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is RawObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An own property; undefined when there is none, or nothing to have it. */
export function getOwn(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<PropertyKey, unknown>)[key];
}

export function getPath(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce(getOwn, value);
}

/** Elements with their indices; none when it is not a list. */
export function listOf(value: unknown): (readonly [number, unknown])[] {
  return Array.isArray(value) ? value.map((element: unknown, index) => [index, element] as const) : [];
}

/** Own entries; none when it is not an object. */
export function entriesOf(value: unknown): (readonly [string, unknown])[] {
  return isObject(value) ? Object.entries(value) : [];
}
