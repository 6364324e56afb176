/** What a reference can start with. */
export const refRoots = ["profile", "event", "vars", "signal", "item"] as const;

export type RefRoot = (typeof refRoots)[number];

/** What can be read of an event beside its properties. Times are milliseconds since the epoch. */
export const eventFields = ["id", "name", "receivedAt", "occurredAt"] as const;

/** The segments of a reference; `\.` stands for a dot inside a segment. */
export function splitRef(ref: string): string[] {
  return ref.split(/(?<!\\)\./).map((segment) => segment.replaceAll("\\.", "."));
}
