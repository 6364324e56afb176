/** One record of a file: a line, or several when a quoted cell holds line ends. */
export interface RawRecord {
  /** Number of its first line, from 1. */
  readonly line: number;
  readonly lastLine: number;
  /** Offset of the byte behind it. */
  readonly end: number;
  /** Without the line end. */
  readonly bytes: Buffer;
  /** Larger than a record may be; the bytes are its beginning. */
  readonly tooLong: boolean;
}

/** Cuts a stream of bytes into records. */
export interface Splitter {
  push(chunk: Buffer): RawRecord[];
  /** What is left when the file ends. */
  end(): RawRecord[];
}

/** Index of the line feed that ends the record which begins at `start`; -1 when it is not there yet. */
export type FindEnd = (bytes: Buffer, start: number) => number;

/** So many bytes of a record are kept in memory while its end is looked for. */
export const largestRecord = 256 * 1024;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

export const findLineEnd: FindEnd = (bytes, start) => bytes.indexOf(lineFeed, start);

export function createSplitter(findEnd: FindEnd): Splitter {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  let line = 1;
  /** Inside a record that was given up: its remaining bytes are passed over up to the next line. */
  let skipping = false;

  const cut = (start: number, end: number, tooLong = false): RawRecord => {
    const first = line;
    const last = line + countLineFeeds(rest, start, end);
    line = last + 1;
    const stop = end > start && rest[end - 1] === carriageReturn ? end - 1 : end;
    const bytes = rest.subarray(start, tooLong ? Math.min(stop, start + 1_000) : stop);
    return { line: first, lastLine: last, end: offset + end + 1, bytes, tooLong };
  };
  const endOf = (start: number, atEnd: boolean): number | undefined => {
    const end = findEnd(rest, start);
    if (end !== -1) return end;
    if (!atEnd && rest.length - start <= largestRecord) return undefined;
    // A quote that is never closed would swallow the rest of the file: its line is a record of its own.
    const next = rest.indexOf(lineFeed, start);
    return next === -1 ? rest.length : next;
  };
  const skip = (): number => {
    const next = rest.indexOf(lineFeed);
    skipping = next === -1;
    return skipping ? rest.length : next + 1;
  };
  const take = (atEnd: boolean): RawRecord[] => {
    const records: RawRecord[] = [];
    let start = skipping ? skip() : 0;
    while (start < rest.length) {
      const end = endOf(start, atEnd);
      if (end === undefined) break;
      records.push(cut(start, end, end - start > largestRecord));
      skipping = end === rest.length;
      start = end + 1;
    }
    offset += Math.min(start, rest.length);
    rest = rest.subarray(start);
    return records;
  };

  return {
    push: (chunk) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      return take(false);
    },
    end: () => take(true),
  };
}

function countLineFeeds(bytes: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(lineFeed, start); at !== -1 && at < end; at = bytes.indexOf(lineFeed, at + 1)) count++;
  return count;
}
