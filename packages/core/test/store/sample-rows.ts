import type pg from "pg";

interface CatalogueColumn {
  table: string;
  name: string;
  type: string;
  identity: boolean;
  /** The first value that a check of the column allows. */
  allowed: string | null;
}

export interface SampleTable {
  readonly name: string;
  readonly columns: readonly CatalogueColumn[];
}

/** Every table with a workspace, read from the catalogue: a new one is tested without being named here. */
export async function tenantTables(client: pg.Client): Promise<SampleTable[]> {
  const { rows } = await client.query<CatalogueColumn>(/* sql */ `
    select c.relname as table, a.attname as name, t.typname as type, a.attidentity <> '' as identity,
      (select substring(pg_get_constraintdef(k.oid) from '''([^'']+)''') from pg_constraint k
       where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
         and pg_get_constraintdef(k.oid) like '%text%' limit 1) as allowed
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and (c.relname = 'workspaces' or exists (
        select from pg_attribute w where w.attrelid = c.oid and w.attname = 'workspace_id'))
    order by c.relname, a.attnum`);
  const names = [...new Set(rows.map((row) => row.table))];
  return names.map((name) => ({ name, columns: rows.filter((row) => row.table === name) }));
}

/** The column that says whose row it is. */
export const ownerColumn = (table: SampleTable) => (table.name === "workspaces" ? "id" : "workspace_id");

/** An insert of one valid row of a workspace. */
export function insertSample(table: SampleTable, workspaceId: number, seed: number): string {
  const values = table.columns.map((column) =>
    column.name === ownerColumn(table) ? String(workspaceId) : sampleValue(column, seed),
  );
  const names = table.columns.map(({ name }) => `"${name}"`).join(", ");
  const overriding = table.columns.some(({ identity }) => identity) ? "overriding system value" : "";
  return `insert into ${table.name} (${names}) ${overriding} values (${values.join(", ")})`;
}

function sampleValue({ type, allowed }: CatalogueColumn, seed: number): string {
  if (allowed !== null) return `'${allowed}'`;
  const text = samples[type];
  if (text === undefined) throw new Error(`no sample for a column of type ${type}`);
  return text(seed);
}

const samples: Record<string, (seed: number) => string> = {
  int2: (seed) => String(seed),
  int4: (seed) => String(seed),
  int8: (seed) => String(seed),
  bool: () => "true",
  text: (seed) => `'text ${seed}'`,
  _text: () => "'{ingest}'",
  uuid: (seed) => `'00000000-0000-7000-8000-${String(seed).padStart(12, "0")}'`,
  bytea: (seed) => `'\\x${String(seed).padStart(8, "0")}'`,
  timestamptz: () => "'2026-01-01T00:00:00Z'",
  jsonb: () => "'{}'",
};
