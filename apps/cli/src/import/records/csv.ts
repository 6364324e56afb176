import type { FindEnd } from "./splitter.ts";

const lineFeed = 0x0a;
const quote = 0x22;

/** Where a CSV record ends: line feeds between quotes belong to their cell (RFC 4180). */
export function findCsvEnd(delimiter: string): FindEnd {
  const separator = delimiter.charCodeAt(0);
  return (bytes, start) => {
    let state: CellState = "start";
    for (let at = start; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === lineFeed && state !== "quoted") return at;
      state = stateAfter(state, byte, separator);
    }
    return -1;
  };
}

type CellState = "start" | "plain" | "quoted" | "closed";

function stateAfter(state: CellState, byte: number, separator: number): CellState {
  if (state === "quoted") return byte === quote ? "closed" : "quoted";
  // At the start of a cell a quote opens, right after a closing one it is a doubled quote; elsewhere it is a mistake.
  if (byte === quote) return state === "plain" ? "plain" : "quoted";
  return byte === separator ? "start" : "plain";
}

/** The cells of one record, or undefined when its quotes do not fit together. */
export function parseCsv(record: string, delimiter: string): string[] | undefined {
  if (!record.includes('"')) return record.split(delimiter);
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const cell = record[at] === '"' ? readQuoted(record, at) : readPlain(record, at, delimiter);
    if (!cell) return undefined;
    cells.push(cell.text);
    if (cell.end === record.length) return cells;
    if (record[cell.end] !== delimiter) return undefined;
    at = cell.end + 1;
  }
}

interface Cell {
  readonly text: string;
  /** Index behind it. */
  readonly end: number;
}

function readPlain(record: string, start: number, delimiter: string): Cell | undefined {
  const next = record.indexOf(delimiter, start);
  const end = next === -1 ? record.length : next;
  const text = record.slice(start, end);
  return text.includes('"') ? undefined : { text, end };
}

function readQuoted(record: string, start: number): Cell | undefined {
  let text = "";
  for (let from = start + 1; ; ) {
    const close = record.indexOf('"', from);
    if (close === -1) return undefined;
    text += record.slice(from, close);
    if (record[close + 1] !== '"') return { text, end: close + 1 };
    text += '"';
    from = close + 2;
  }
}
