import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FileRecord } from "../../src/import/records/read-records.ts";
import { readRecords } from "../../src/import/records/read-records.ts";
import { largestRecord } from "../../src/import/records/splitter.ts";

type Format = Parameters<typeof readRecords>[1];

const csv: Format = { format: "csv", delimiter: "," };
const spaces: Format = { format: "whitespace", delimiter: "," };
const ndjson: Format = { format: "ndjson", delimiter: "," };

async function readAll(content: string | Buffer, format: Format, chunkBytes = 1 << 20): Promise<FileRecord[]> {
  const bytes = Buffer.from(content as string);
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) chunks.push(bytes.subarray(at, at + chunkBytes));
  return (await Array.fromAsync(readRecords(Readable.from(chunks), format))).flat();
}

const rowsOf = async (...args: Parameters<typeof readAll>) => (await readAll(...args)).map((record) => record.read());

function outcome(record: FileRecord): unknown {
  try {
    return record.read();
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe("records of a file", () => {
  it("are lines, whatever ends them, and the last may have no end", async () => {
    for (const end of ["\n", "\r\n"]) {
      expect(await rowsOf(` a  b\t c${end}1 2 3${end}4 5 6`, spaces)).toEqual([
        ["a", "b", "c"],
        ["1", "2", "3"],
        ["4", "5", "6"],
      ]);
    }
  });

  it("keep their line numbers when blank lines lie between them", async () => {
    const records = await readAll("a,b\r\n\r\n  \n1,2\n", csv);
    expect(records.map(({ line, lastLine, raw }) => [line, lastLine, raw])).toEqual([
      [1, 1, "a,b"],
      [4, 4, "1,2"],
    ]);
  });

  it("survive a byte order mark", async () => {
    expect(await rowsOf("\uFEFFa,b\n", csv)).toEqual([["a", "b"]]);
    expect(await rowsOf('\uFEFF{"a":1}\n', ndjson)).toEqual([{ a: 1 }]);
  });

  it.each([
    ['"a ""quoted"" word",b', [['a "quoted" word', "b"]]],
    [
      '"two\r\nlines",b\nc,d',
      [
        ["two\r\nlines", "b"],
        ["c", "d"],
      ],
    ],
    ['"a,b","",', [["a,b", "", ""]]],
    ["a,,c", [["a", "", "c"]]],
  ])("of CSV are read as RFC 4180 says: %j", async (text, rows) => {
    expect(await rowsOf(text, csv)).toEqual(rows);
  });

  it.each(['5" disk,b', '"a"b,c', '"a" ,b', 'x""y,b'])(
    "of CSV with misplaced quotes are refused alone: %j",
    async (bad) => {
      const records = await readAll(`${bad}\nc,d\n`, csv);
      expect(records.map(outcome)).toEqual(["import.bad_row", ["c", "d"]]);
    },
  );

  it("go on in the next line after a quote that is never closed", async () => {
    const many = Array.from({ length: 40_000 }, (_, n) => `row ${n},x`).join("\n");
    const records = await readAll(`1,2\n"open,3\n${many}\n`, csv, 64 * 1024);
    expect(records.slice(0, 4).map(outcome)).toEqual([["1", "2"], "import.bad_row", ["row 0", "x"], ["row 1", "x"]]);
    expect(records).toHaveLength(40_002);
    expect(records.at(-1)).toMatchObject({ line: 40_002, raw: "row 39999,x" });
  });

  it("that are too long are refused, and their lines are counted", async () => {
    const long = "x".repeat(largestRecord * 2);
    for (const chunk of [1_000, 1 << 20]) {
      const records = await readAll(`a\n${long}\nb\n`, spaces, chunk * 64);
      expect(records.map(outcome)).toEqual([["a"], "import.bad_row", ["b"]]);
      expect(records.map(({ line }) => line)).toEqual([1, 2, 3]);
      expect(records[1]!.raw.length).toBeLessThan(2_000);
    }
  });

  it.each([
    ['{"a":', "request.invalid_json"],
    ["[1]", "import.bad_row"],
    ['{"__proto__":1}', "request.forbidden_key"],
    ['{"a":9007199254740993}', "request.unsafe_number"],
    ['{"a":"\\u0000"}', "request.bad_text"],
    [`{"a":${"[".repeat(70)}${"]".repeat(70)}}`, "request.too_deep"],
  ])("of NDJSON that no store can keep are refused: %s", async (line, code) => {
    expect((await readAll(`${line}\n{"a":1}\n`, ndjson)).map(outcome)).toEqual([code, { a: 1 }]);
  });

  it("that are not UTF-8 or hold NUL are refused alone", async () => {
    const records = await readAll(
      Buffer.concat([Buffer.from("M\xfcller,a\n", "latin1"), Buffer.from("x\0,b\nMüller,c")]),
      csv,
    );
    expect(records.map(outcome)).toEqual(["import.bad_row", "import.bad_row", ["Müller", "c"]]);
  });

  it("of CSV come back as they were written, however the file is cut into chunks", async () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "é", "🎈", '"', ",", "\n", "\r\n", " ") });
    // A record of one empty cell is a blank line, which is no record.
    const record = fc.array(cell, { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(record), fc.integer({ min: 1, max: 40 }), async (rows, chunkBytes) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const file = rows.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
        expect(await rowsOf(file, csv, chunkBytes)).toEqual(rows);
      }),
    );
  });
});
