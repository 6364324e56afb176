import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { importMap } from "../../src/import/map.ts";
import type { Row } from "../../src/import/records/read-records.ts";
import { objectColumns, tableColumns } from "../../src/import/rows/column.ts";
import { createMapper } from "../../src/import/rows/map-rows.ts";

const now = Date.UTC(2026, 0, 1);
const base = {
  format: "csv",
  event: { value: "Order Completed" },
  userId: { column: "id" },
  occurredAt: { column: "at", format: "iso" },
} as const;

function mapperOf(more: Partial<z.input<typeof importMap>> = {}, names = ["id", "at", "x"]) {
  const map = importMap.parse({ ...base, ...more });
  const columns = map.format === "ndjson" ? objectColumns : tableColumns(names);
  const mapRow = createMapper({ map, columns, importId: "file", now });
  return (...rows: Row[]) => rows.map((row, index) => outcomeOf(() => mapRow(row, index + 2)));
}

function outcomeOf<T>(work: () => T): T | { code: string; pointer: string; detail: string } {
  try {
    return work();
  } catch (error) {
    const { code, pointer, detail } = error as { code: string; pointer: string; detail: string };
    return { code, pointer, detail };
  }
}

const bad = (pointer: string, detail: unknown = expect.any(String)) => ({ code: "import.bad_row", pointer, detail });

describe("a row", () => {
  it("becomes an event at its own time, named by file and line", () => {
    expect(mapperOf()(["a", "1997-01-01", ""])).toEqual([
      {
        kind: "track",
        name: "Order Completed",
        userId: "a",
        messageId: "file:2",
        receivedAt: Date.UTC(1997, 0, 1),
        occurredAt: Date.UTC(1997, 0, 1),
      },
    ]);
  });

  it("without an event sets traits", () => {
    const [item] = mapperOf({ event: undefined, traits: { plan: { column: "x" } } })(["a", "1997-01-01", "pro"]);
    expect(item).toMatchObject({ kind: "identify", name: "$identify", traits: { plan: "pro" } });
  });

  it.each([
    ["iso", "1997-01-01T02:30:00+01:00", Date.UTC(1997, 0, 1, 1, 30)],
    ["yyyymmdd", "19970228", Date.UTC(1997, 1, 28)],
    ["unix", "852076800", Date.UTC(1997, 0, 1)],
    ["unix-ms", "852076800123", Date.UTC(1997, 0, 1) + 123],
  ] as const)("has its instant as %s", (format, text, instant) => {
    expect(mapperOf({ occurredAt: { column: "at", format } })(["a", text, ""])).toMatchObject([
      { receivedAt: instant },
    ]);
  });

  it.each([
    ["iso", "1997-02-30"],
    ["iso", "1997-01-01T00:00:00"],
    ["yyyymmdd", "19971301"],
    ["yyyymmdd", "970101"],
    ["unix", "yesterday"],
    ["unix-ms", "99999999999999999"],
    ["iso", "1500-01-01"],
    ["iso", "2026-06-01"],
    ["iso", ""],
  ] as const)("with an instant that is none is rejected: %s %s", (format, text) => {
    expect(mapperOf({ occurredAt: { column: "at", format } })(["a", text, ""])).toEqual([bad("/occurredAt")]);
  });

  it("gets n seconds as the n-th line of its customer on its date", () => {
    const map = mapperOf({ occurredAt: { column: "at", format: "yyyymmdd", ordinalSeconds: true } });
    const items = map(
      ["a", "19970101", ""],
      ["a", "19970101", ""],
      ["b", "19970101", ""],
      ["a", "19970102", ""],
      ["a", "19970101", ""],
    );
    expect(items.map((item) => "receivedAt" in item && new Date(item.receivedAt).toISOString().slice(8, 19))).toEqual([
      "01T00:00:01",
      "01T00:00:02",
      "01T00:00:01",
      "02T00:00:01",
      "01T00:00:03",
    ]);
  });

  it.each([
    ["text", "12.00", "12.00"],
    ["integer", "-5", -5],
    ["number", "12.30", 12.3],
    ["number", "1e3", 1_000],
    ["boolean", "Yes", true],
    ["boolean", "0", false],
  ] as const)("has properties of the type asked for: %s %s", (type, text, value) => {
    const map = mapperOf({ properties: { x: { column: "x", type } } });
    expect(map(["a", "1997-01-01", text], ["a", "1997-01-01", ""])).toMatchObject([{ properties: { x: value } }, {}]);
    expect(map(["a", "1997-01-01", ""])[0]).not.toHaveProperty("properties");
  });

  it.each([
    ["integer", "1.5"],
    ["integer", "9007199254740993"],
    ["number", "12,30"],
    ["number", "1e400"],
    ["boolean", "maybe"],
  ] as const)("with a value of another type is rejected: %s %s", (type, text) => {
    const map = mapperOf({ properties: { x: { column: "x", type } } });
    expect(map(["a", "1997-01-01", text])).toEqual([
      bad("/properties/x", expect.stringContaining(JSON.stringify(text))),
    ]);
  });

  it("without what is required, of another length or without a customer is rejected", () => {
    const map = mapperOf({ properties: { x: { column: "x", required: true } } });
    expect(
      map(["a", "1997-01-01", ""], ["a", "1997-01-01"], ["", "1997-01-01", "x"], ["u".repeat(300), "1997-01-01", "x"]),
    ).toEqual([bad("/properties/x"), bad("", "It has 2 cells, the file 3 columns."), bad("/userId"), bad("/userId")]);
  });

  it("may not use Wend's own event names", () => {
    expect(mapperOf({ event: { column: "x" } })(["a", "1997-01-01", "$consent"])).toEqual([bad("/event")]);
  });

  it("carries traits when they are new for its customer, and consents once", () => {
    const map = mapperOf({
      traits: { email: { template: "{id}@{x}.test" } },
      consents: [{ channel: "email", purpose: "promotional" }],
    });
    const granted = [{ channel: "email", purpose: "promotional", state: "granted", source: "import" }];
    const [first, second, moved, other] = map(
      ["a", "1997-01-01", "one"],
      ["a", "1997-01-02", "one"],
      ["a", "1997-01-03", "two"],
      ["b", "1997-01-01", ""],
    );
    expect(first).toMatchObject({ traits: { email: "a@one.test" }, consents: granted });
    expect(second).not.toHaveProperty("traits");
    expect(second).not.toHaveProperty("consents");
    expect(moved).toMatchObject({ traits: { email: "a@two.test" } });
    expect(other).toMatchObject({ consents: granted });
    expect(other).not.toHaveProperty("traits");
  });

  it("says by a column who agreed, and who no longer does", () => {
    const rule = { channel: "email", purpose: "promotional" } as const;
    const map = mapperOf({
      consents: [
        { ...rule, when: { column: "x", is: ["yes"] } },
        { ...rule, state: "revoked", when: { column: "x", is: ["no"] } },
      ],
    });
    const items = map(...["yes", "yes", "", "no", "yes"].map((x) => ["a", "1997-01-01", x]));
    expect(items.map((item) => ("consents" in item ? item.consents?.[0]?.state : undefined))).toEqual([
      "granted",
      undefined,
      undefined,
      "revoked",
      "granted",
    ]);
  });

  it("that is rejected leaves traits and consents to the customer's next row", () => {
    const map = mapperOf({
      properties: { x: { column: "x", type: "integer" } },
      traits: { email: { template: "{id}@x.test" } },
      consents: [{ channel: "email", purpose: "promotional" }],
    });
    const [rejected, next] = map(["a", "1997-01-01", "?"], ["a", "1997-01-01", "1"]);
    expect(rejected).toEqual(bad("/properties/x"));
    expect(next).toMatchObject({ traits: { email: "a@x.test" }, consents: [{ state: "granted" }] });
  });

  it("of JSON is read by paths and keeps its types", () => {
    const map = mapperOf({
      format: "ndjson",
      userId: { column: "user.id" },
      occurredAt: { column: "ts", format: "unix" },
      properties: { items: { column: "items", type: "any" }, total: { column: "order.total", type: "number" } },
    });
    expect(
      map({ user: { id: 7 }, ts: 852_076_800, items: [{ sku: "x" }], order: { total: 9.5 } }, { user: "x", ts: 1 }),
    ).toMatchObject([{ userId: "7", properties: { items: [{ sku: "x" }], total: 9.5 } }, bad("/userId")]);
  });
});

describe("a mapping", () => {
  it("that names columns the file lacks is refused with all of them", () => {
    expect(outcomeOf(() => mapperOf({ traits: { plan: { template: "{plan}" } } }, ["id", "x"]))).toMatchObject({
      code: "import.missing_column",
      detail: 'It lacks "at", "plan"; it has "id", "x".',
    });
  });
});
