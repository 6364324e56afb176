import type { Json, JsonObject } from "@wend/journey";
import { WendError } from "@wend/plugin";
import type { ImportMap } from "../map.ts";
import type { Row } from "../records/read-records.ts";
import { badRow } from "../records/read-records.ts";

/** Reads one column of a row; undefined when it is empty. */
export type ReadColumn = (row: Row) => Json | undefined;

/** The columns of one file. */
export interface Columns {
  column(name: string): ReadColumn;
  /** Throws `import.missing_column` with all that were asked for and are not there. */
  assertComplete(): void;
  /** Throws `import.bad_row` when a row has another number of cells than there are columns. */
  check(row: Row): void;
}

/** Columns of lines of cells, found by name once. */
export function tableColumns(names: readonly string[]): Columns {
  const missing = new Set<string>();
  return {
    column: (name) => {
      const index = names.indexOf(name);
      if (index === -1) missing.add(name);
      return (row) => (row as readonly string[])[index] || undefined;
    },
    check: (row) => {
      const { length } = row as readonly string[];
      if (length !== names.length) throw badRow(`It has ${length} cells, the file ${names.length} columns.`);
    },
    assertComplete: () => {
      if (missing.size === 0) return;
      const detail = `It lacks ${quoted([...missing])}; it has ${quoted(names)}.`;
      throw new WendError("import.missing_column", { detail: detail.slice(0, 1_000) });
    },
  };
}

const quoted = (names: readonly string[]): string => names.map((name) => JSON.stringify(name)).join(", ");

/** Columns of JSON objects: paths, `order.total` being the total of the order. */
export const objectColumns: Columns = {
  column: (name) => {
    const path = name.split(".");
    return (row) => {
      let value: Json | undefined = row as JsonObject;
      for (const key of path) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
      return value === null || value === "" ? undefined : value;
    };
  },
  // Every object may have other keys; what a row needs and lacks rejects the row.
  assertComplete: () => {},
  check: () => {},
};

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The names of a table's columns: as the mapping has them, or else the file's first line. */
export function columnNames(map: Pick<ImportMap, "columns">, firstRow: Row | undefined): readonly string[] {
  return map.columns ?? (firstRow as readonly string[] | undefined)?.map((cell) => cell.trim()) ?? [];
}
