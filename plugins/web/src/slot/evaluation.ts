import type { StoredSlot } from "./stored-slot.ts";

/** A flag as OFREP answers it; without `value` the page uses its own default. */
export interface Evaluation {
  readonly key: string;
  readonly reason: "TARGETING_MATCH" | "DISABLED";
  readonly value?: NonNullable<StoredSlot["value"]>;
  readonly variant?: string;
  readonly metadata?: { readonly until: number };
}

export function toEvaluation({ key, value, variant, until }: StoredSlot): Evaluation {
  return {
    key,
    reason: value === null ? "DISABLED" : "TARGETING_MATCH",
    ...(value !== null && { value }),
    ...(variant !== null && { variant }),
    ...(until !== null && { metadata: { until } }),
  };
}
