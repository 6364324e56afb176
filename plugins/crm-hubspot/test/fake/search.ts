import type { Stored, Table } from "./store.ts";

interface Filter {
  readonly propertyName: string;
  readonly operator: string;
  readonly value: string;
  readonly highValue?: string;
}

export interface SearchBody {
  readonly filterGroups: readonly { readonly filters: readonly Filter[] }[];
  readonly sorts: readonly string[];
  readonly limit: number;
  readonly after: string;
  readonly properties: readonly string[];
}

/** Times and numbers compare as numbers, everything else as text. */
function comparable(value: string): number | string {
  if (/^[0-9]+$/.test(value)) return Number(value);
  return /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : value;
}

function holds(value: string | undefined, { operator, value: wanted, highValue }: Filter): boolean {
  if (value === undefined) return false;
  const [is, low, high] = [value, wanted, highValue ?? wanted].map(comparable) as [number, number, number];
  switch (operator) {
    case "EQ":
      return is === low;
    case "GT":
      return is > low;
    case "GTE":
      return is >= low;
    case "BETWEEN":
      return is >= low && is <= high;
    default:
      throw new Error(`the stand-in knows no operator ${operator}`);
  }
}

/** What a search finds among the records that the index knows. */
export function findAll(table: Table, known: readonly Stored[], body: SearchBody): readonly Stored[] {
  const found = known.filter((record) =>
    body.filterGroups.some(({ filters }) =>
      filters.every((filter) => holds(table.value(record, filter.propertyName), filter)),
    ),
  );
  const [sort = "hs_object_id"] = body.sorts;
  const keyOf = (record: Stored) => comparable(table.value(record, sort) ?? "");
  // Ties come in no particular order: the newest first, so that nobody relies on it.
  return found.reverse().sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
}
