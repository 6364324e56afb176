import type { HistoryItem } from "@wend/core";
import { WendError } from "@wend/plugin";
import type { SourceFile } from "./hash-file.ts";
import { readUnchanged } from "./hash-file.ts";
import type { ImportMap } from "./map.ts";
import type { FileRecord } from "./records/read-records.ts";
import { readRecords } from "./records/read-records.ts";
import type { Reject } from "./rejects.ts";
import { toReject } from "./rejects.ts";
import { columnNames, objectColumns, tableColumns } from "./rows/column.ts";
import type { MapRow } from "./rows/map-rows.ts";
import { createMapper } from "./rows/map-rows.ts";

/** What one record of the file became. */
export interface MappedRow {
  readonly lastLine: number;
  /** Offset of the byte behind it. */
  readonly end: number;
  readonly result: { readonly item: HistoryItem } | { readonly reject: Reject };
}

export interface MapFileSetup {
  readonly file: SourceFile;
  readonly map: ImportMap;
  readonly importId: string;
  readonly now: number;
}

/** Reads a file from its beginning and maps row by row. Throws `import.missing_column`, `import.file_changed`. */
export async function* mapFile({ file, map, importId, now }: MapFileSetup): AsyncGenerator<MappedRow[]> {
  let mapper: MapRow | undefined;
  for await (const records of readRecords(readUnchanged(file), map)) {
    const rows = [...records];
    if (!mapper) {
      if (rows.length === 0) continue;
      mapper = createMapper({ map, importId, now, columns: openColumns(map, rows) });
    }
    yield rows.map((record) => mapRecord(mapper!, record));
  }
}

// Takes the header out of the records.
function openColumns(map: ImportMap, records: FileRecord[]) {
  if (map.format === "ndjson") return objectColumns;
  const header = map.header ? records.shift() : undefined;
  return tableColumns(columnNames(map, header?.read()));
}

function mapRecord(mapper: MapRow, record: FileRecord): MappedRow {
  const { line, lastLine, end } = record;
  try {
    return { lastLine, end, result: { item: mapper(record.read(), line) } };
  } catch (error) {
    if (!(error instanceof WendError)) throw error;
    return { lastLine, end, result: { reject: toReject(error, record) } };
  }
}
