import type { ColumnType } from "kysely";
import type { Column, Table } from "./schema/column.ts";
import { deliveries } from "./schema/deliveries.ts";
import { incoming } from "./schema/incoming.ts";
import { ingest } from "./schema/ingest.ts";
import { journeys } from "./schema/journeys.ts";
import { tenancy } from "./schema/tenancy.ts";

/** Every table, as the read side sees it; a test holds it against the catalogue. */
export const tables = { ...tenancy, ...ingest, ...journeys, ...deliveries, ...incoming } satisfies Record<
  string,
  Table
>;

// Only to be read: what is written is written in sets, by statements of their own.
type Read<C> = C extends Column<infer T> ? ColumnType<T, never, never> : never;

/** For kysely. Instants are milliseconds since the epoch; compare them with `instantAt`. */
export type Database = {
  [T in keyof typeof tables]: { [C in keyof (typeof tables)[T]]: Read<(typeof tables)[T][C]> };
};
