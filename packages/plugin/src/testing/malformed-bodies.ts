const nonsense = ["", " ", "{", "[]", "{}", "null", "0", '"text"', "[null]", '[{"a":[]}]', "\u0000", "%", "a=b&a=c"];
const wrongValues = [null, 7, "", "text", [], {}];

/**
 * Bodies that no provider writes: nonsense, and one that it writes with each of its fields left out or of another kind.
 * A provider does not send them today; its next version may.
 */
export function malformedBodies(body: string): string[] {
  return [...nonsense, ...mutationsOf(parsed(body)).map((value) => JSON.stringify(value))];
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function mutationsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => mutationsOf(item).map((mutation) => value.with(index, mutation)));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([field, held]) => {
    const { [field]: _, ...rest } = value as Record<string, unknown>;
    return [rest, ...[...wrongValues, ...mutationsOf(held)].map((wrong) => ({ ...value, [field]: wrong }))];
  });
}
