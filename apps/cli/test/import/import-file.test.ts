import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Tx } from "@wend/core";
import { createWorkspace, inWorkspace } from "@wend/core";
import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { importFile } from "../../src/import/import-file.ts";
import { loadMap } from "../../src/import/load-map.ts";
import { tempFile, tempFolder } from "./temp-file.ts";

let db: TestStore;
let workspace: TestStore["workspace"];
beforeAll(async () => {
  db = await createTestStore();
});
afterAll(() => db.close());
let made = 0;
beforeEach(async () => {
  workspace = await createWorkspace(db.store, { slug: `w${++made}`, name: "Import" });
});

const read = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(db.store, workspace.id, work);
const query = <Row extends object>(sql: string) => read((tx) => tx.rows<Row>(sql));
const countOf = async (table: string) => (await query<{ n: number }>(`select count(*) as n from ${table}`))[0]!.n;

interface Given {
  readonly map?: string;
  readonly batchItems?: number;
  readonly rejectsFile?: string;
}

async function importPath(file: string, { map = "cdnow", batchItems, rejectsFile }: Given = {}) {
  return importFile({
    file,
    map: await loadMap(map),
    store: db.store,
    workspace,
    rejectsFile: rejectsFile ?? join(await tempFolder(), "rejects.ndjson"),
    ...(batchItems !== undefined && { batchItems }),
  });
}

const purchases = [
  " customer_id  date number_of_cds  dollar_value",
  " 00001 19970101  1   11.77",
  " 00002 19970112  1   12.00",
  " 00002 19970112  5   77.00",
  " 00002 19970112  5   77.00",
  " 00002 19970113  2    9.99",
];

const events = () =>
  query<{ user_id: string; at: number; occurred_at: number; message_id: string; payload: object }>(
    `select i.value as user_id, e.received_at as at, e.occurred_at, e.message_id, e.payload
     from events e join identities i on i.workspace_id = e.workspace_id and i.profile_id = e.profile_id
     order by i.value, e.received_at`,
  );

describe("an imported file", () => {
  it("is history: events at their own times, an address, a consent, and nobody asked to act", async () => {
    const file = await tempFile(`${purchases.join("\r\n")}\r\n`);
    const result = await importPath(file);
    expect(result).toMatchObject({ stored: 5, rejected: 0, resumedAt: 0, wasFinished: false });
    const stored = await events();
    const day = (date: number, second: number) => Date.UTC(1997, 0, date, 0, 0, second);
    expect(
      stored.map(({ user_id, at, payload }) => [user_id, at, (payload as { properties: object }).properties]),
    ).toEqual([
      ["00001", day(1, 1), { cds: 1, total: 11.77 }],
      ["00002", day(12, 1), { cds: 1, total: 12 }],
      ["00002", day(12, 2), { cds: 5, total: 77 }],
      ["00002", day(12, 3), { cds: 5, total: 77 }],
      ["00002", day(13, 1), { cds: 2, total: 9.99 }],
    ]);
    expect(stored.every(({ at, occurred_at }) => at === occurred_at)).toBe(true);
    expect(stored.map(({ message_id }) => message_id)).toEqual(
      [2, 3, 4, 5, 6].map((line) => `${result.importId}:${line}`),
    );
    expect(await query("select traits from profiles order by traits ->> 'email'")).toEqual([
      { traits: { email: "00001@cdnow.test" } },
      { traits: { email: "00002@cdnow.test" } },
    ]);
    expect(await query("select channel, purpose, state, source, at from consents order by at")).toEqual([
      { channel: "email", purpose: "promotional", state: "granted", source: "import", at: day(1, 1) },
      { channel: "email", purpose: "promotional", state: "granted", source: "import", at: day(12, 1) },
    ]);
    for (const table of ["inbox", "runs", "deliveries", "timers"])
      expect([table, await countOf(table)]).toEqual([table, 0]);
  });

  it("is the same whatever its line ends and however large the batches", async () => {
    await importPath(await tempFile(purchases.join("\n")), { batchItems: 1 });
    const stored = await events();
    expect(stored.map(({ at }) => new Date(at).toISOString().slice(8, 19))).toEqual([
      "01T00:00:01",
      "12T00:00:01",
      "12T00:00:02",
      "12T00:00:03",
      "13T00:00:01",
    ]);
    expect(await countOf("consent_changes")).toBe(2);
  });

  it("is not imported twice", async () => {
    const file = await tempFile(purchases.join("\n"));
    await importPath(file);
    expect(await importPath(file)).toMatchObject({ stored: 0, wasFinished: true });
    expect(await countOf("events")).toBe(5);
  });

  it("goes on where an earlier run broke off, as if it had never stopped", async () => {
    const file = await tempFile(purchases.join("\n"));
    const broken = { ...db.store, app: breakingAfter(db.store.app, 2) };
    const map = await loadMap("cdnow");
    const job = { file, map, workspace, rejectsFile: join(await tempFolder(), "r"), batchItems: 1 };
    await expect(importFile({ ...job, store: broken })).rejects.toThrow("broke off");
    expect(await countOf("events")).toBe(1);
    expect(await importFile({ ...job, store: db.store })).toMatchObject({ stored: 4, resumedAt: 2 });
    expect((await events()).map(({ at }) => new Date(at).getUTCSeconds())).toEqual([1, 1, 2, 3, 1]);
    expect(await countOf("consents")).toBe(2);
    expect(await countOf("consent_changes")).toBe(2);
  });

  it("leaves rows that do not fit in a file with their reasons, once, also when it goes on later", async () => {
    const lines = [
      ...purchases,
      " 00003 19970231  1  1.00",
      " 00004 19970101  x  1.00",
      "nonsense",
      " 00005 19970101 1 2.00",
    ];
    const file = await tempFile(lines.join("\r\n"));
    const rejectsFile = join(await tempFolder(), "rejects.ndjson");
    const job = { file, map: await loadMap("cdnow"), workspace, rejectsFile, batchItems: 1 };
    await expect(importFile({ ...job, store: { ...db.store, app: breakingAfter(db.store.app, 8) } })).rejects.toThrow(
      "broke off",
    );
    expect(await importFile({ ...job, store: db.store })).toMatchObject({ rejected: 3 });
    const rejects = (await readFile(rejectsFile, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rejects).toEqual([
      {
        line: 7,
        code: "import.bad_row",
        pointer: "/occurredAt",
        reason: '"19970231" is not a date like 19970101.',
        row: " 00003 19970231  1  1.00",
      },
      {
        line: 8,
        code: "import.bad_row",
        pointer: "/properties/cds",
        reason: '"x" is not an integer within ±(2^53-1).',
        row: " 00004 19970101  x  1.00",
      },
      { line: 9, code: "import.bad_row", pointer: "", reason: "It has 1 cells, the file 4 columns.", row: "nonsense" },
    ]);
    expect(await query("select rejected from imports")).toEqual([{ rejected: 3 }]);
    expect(await countOf("events")).toBe(6);
  });

  it("is refused before anything is stored when the mapping does not fit it", async () => {
    const file = await tempFile("customer,date\n1,19970101\n");
    await expect(importPath(file)).rejects.toMatchObject({ code: "import.missing_column" });
    expect(await countOf("events")).toBe(0);
  });

  it("is refused with another mapping than the one it was begun with", async () => {
    const file = await tempFile(purchases.join("\n"));
    await importPath(file);
    const map = JSON.stringify({
      format: "whitespace",
      event: { value: "Purchased" },
      userId: { column: "customer_id" },
      occurredAt: { column: "date", format: "yyyymmdd" },
    });
    await expect(importPath(file, { map: await tempFile(map, "mine.json") })).rejects.toMatchObject({
      code: "import.map_changed",
    });
  });

  it("may be CSV or NDJSON with a mapping of one's own", async () => {
    const map = (more: object) =>
      JSON.stringify({
        event: { column: "what" },
        userId: { column: "who" },
        occurredAt: { column: "when", format: "iso" },
        properties: { note: { column: "note" } },
        ...more,
      });
    const csv = await tempFile(map({ format: "csv", delimiter: ";" }), "csv.json");
    const ndjson = await tempFile(map({ format: "ndjson" }), "ndjson.json");
    await importPath(await tempFile('who;what;when;note\r\na;Seen;1997-01-01;"one; ""two""\r\nthree"\r\n'), {
      map: csv,
    });
    await importPath(await tempFile('{"who":"b","what":"Seen","when":"1997-01-01T12:00:00Z","note":"x"}\n'), {
      map: ndjson,
    });
    expect((await events()).map(({ user_id, payload }) => [user_id, payload])).toEqual([
      ["a", { properties: { note: 'one; "two"\r\nthree' } }],
      ["b", { properties: { note: "x" } }],
    ]);
  });
});

describe("a mapping", () => {
  it.each([
    ["nope", "import.unknown_map"],
    ["/does/not/exist.json", "import.unknown_map"],
  ])("that is not there is refused: %s", async (map, code) => {
    await expect(loadMap(map)).rejects.toMatchObject({ code });
  });

  it("that is wrong is refused with all problems and their places", async () => {
    const file = await tempFile(
      JSON.stringify({ format: "xml", occurredAt: { column: "at", format: "iso" }, unknown: 1 }),
      "m.json",
    );
    const error = await loadMap(file).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "import.invalid_map" });
    const { problems } = error as { problems: { pointer: string }[] };
    expect(problems.map(({ pointer }) => pointer)).toEqual(["/format", ""]);
  });
});

/** A pool whose n-th transaction that stores something breaks off before its commit. */
function breakingAfter(pool: TestStore["store"]["app"], transactions: number): TestStore["store"]["app"] {
  let begun = 0;
  return Object.create(pool, {
    connect: {
      value: async () => {
        const client = await pool.connect();
        const breaks = ++begun > transactions;
        const query = (text: unknown, values?: unknown[]) => {
          if (breaks && text === "commit") return Promise.reject(new Error("broke off"));
          return client.query(text as string, values);
        };
        return { query, release: (error?: Error) => client.release(error) };
      },
    },
  });
}
