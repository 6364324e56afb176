import { isUtf8 } from "node:buffer";
import { parseWholeJson } from "@wend/core";
import type { JsonObject } from "@wend/journey";
import { WendError } from "@wend/plugin";
import type { ImportMap } from "../map.ts";
import { findCsvEnd, parseCsv } from "./csv.ts";
import type { RawRecord } from "./splitter.ts";
import { createSplitter, findLineEnd, largestRecord } from "./splitter.ts";

/** The cells of a line, or the object that a line of NDJSON is. */
export type Row = readonly string[] | JsonObject;

/** A record as read: a row, or what keeps it from being one. */
export interface FileRecord {
  readonly line: number;
  readonly lastLine: number;
  /** Offset of the byte behind it. */
  readonly end: number;
  /** For the file of rejects. */
  readonly raw: string;
  /** Parses the row; throws `import.bad_row` or `request.*`. Not called for records that are passed over. */
  read(): Row;
}

/** Yields the records of a file, as many at a time as come with one chunk of it. Blank lines are none. */
export async function* readRecords(
  chunks: AsyncIterable<Buffer>,
  { format, delimiter }: Pick<ImportMap, "format" | "delimiter">,
): AsyncGenerator<FileRecord[]> {
  const splitter = createSplitter(format === "csv" ? findCsvEnd(delimiter) : findLineEnd);
  const parse = parsers[format](delimiter);
  const toRecords = (raw: readonly RawRecord[]) => raw.filter(isNotBlank).map((record) => toRecord(record, parse));
  for await (const chunk of chunks) yield toRecords(splitter.push(chunk));
  yield toRecords(splitter.end());
}

const byteOrderMark = 0xfeff;

type Parse = (bytes: Buffer) => Row;

const parsers: Record<ImportMap["format"], (delimiter: string) => Parse> = {
  ndjson: () => parseObject,
  whitespace: () => (bytes) =>
    textOf(bytes)
      .trim()
      .split(/[ \t]+/),
  csv: (delimiter) => (bytes) => {
    const cells = parseCsv(textOf(bytes), delimiter);
    if (!cells) throw badRow("Its quotes do not fit together.");
    return cells;
  },
};

function toRecord({ bytes, tooLong, ...place }: RawRecord, parse: Parse): FileRecord {
  return {
    ...place,
    get raw() {
      return bytes.toString("utf8");
    },
    read: () => {
      if (tooLong) throw badRow(`It is longer than ${largestRecord} bytes.`);
      return parse(bytes);
    },
  };
}

function parseObject(bytes: Buffer): JsonObject {
  const value = parseWholeJson(bytes);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw badRow("A line holds one JSON object.");
}

function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw badRow("It is not valid UTF-8.");
  if (bytes.includes(0)) throw badRow("It holds NUL.");
  const text = bytes.toString("utf8");
  return text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text;
}

function isNotBlank({ bytes }: RawRecord): boolean {
  return bytes.some((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0d);
}

export function badRow(detail: string, pointer = ""): WendError {
  return new WendError("import.bad_row", { detail, pointer });
}
