import type pg from "pg";
import type { Tx } from "../store/transaction.ts";
import type { Page, PageRequest } from "./page.ts";

/** Rows that one page looks through at most: what bounds a filter that no index serves. */
const SCAN_LIMIT = 50_000;

/** Column -> the value it must have; undefined asks for nothing. */
type Equals = Readonly<Record<string, string | number | undefined>>;

/** Rows of one table, newest id first. */
export interface Scan {
  readonly table: "runs" | "deliveries";
  readonly columns: string;
  /** What an index that ends in `id` leads to. */
  readonly seek: Equals;
  /** What is tested on each row found that way. */
  readonly filter: Equals;
}

/**
 * One page of a table by keyset, so that a page costs the same wherever it stands. A page that has looked through its
 * share without filling up comes back short, even empty, with a cursor to go on from: only `next: null` is the end.
 */
export async function scanPage<Row extends pg.QueryResultRow & { id: string }>(
  tx: Tx,
  scan: Scan,
  page: PageRequest,
): Promise<Page<Row>> {
  const values: unknown[] = [tx.workspaceId];
  const seek = ["workspace_id = $1", ...conditions(scan.seek, values)];
  if (page.before !== undefined) seek.push(`id < $${values.push(page.before)}`);
  const window = `select ${scan.columns} from ${scan.table} where ${seek.join(" and ")} order by id desc`;
  const seekValues = [...values];
  const filter = conditions(scan.filter, values);
  const rows = await tx.rows<Row>(
    `select * from (${window} limit ${SCAN_LIMIT}) scanned
     ${filter.length > 0 ? `where ${filter.join(" and ")}` : ""} order by id desc limit $${values.push(page.limit + 1)}`,
    values,
  );
  if (rows.length > page.limit) return { items: rows.slice(0, page.limit), next: rows[page.limit - 1]!.id };
  const [last] = filter.length > 0 ? await tx.rows<Row>(`${window} offset ${SCAN_LIMIT - 1} limit 1`, seekValues) : [];
  return { items: rows, next: last?.id ?? null };
}

function conditions(equals: Equals, values: unknown[]): string[] {
  return Object.entries(equals)
    .filter(([, value]) => value !== undefined)
    .map(([column, value]) => `${column} = $${values.push(value)}`);
}
