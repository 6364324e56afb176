import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jsonArray, plainArray, textArray, timeArray } from "../../src/store/arrays.ts";
import { parseInstant } from "../../src/store/types.ts";

let test: TestStore;
beforeAll(async () => {
  test = await createTestStore();
});
afterAll(() => test.close());

const through = async (type: string, literal: string) =>
  (await test.store.app.query(`select $1::${type}[] as values`, [literal])).rows[0].values;

const elements = async (type: string, literal: string) =>
  (await test.store.app.query(`select value from unnest($1::${type}[]) value`, [literal])).rows.map((row) => row.value);

describe("an array literal", () => {
  it("brings any text through unchanged", async () => {
    const texts = fc.array(
      fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("NULL", "null", "", '"', "\\", "{,}", null)),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (values) => {
        // A store keeps neither NUL nor half a surrogate pair; both are refused at the edge.
        fc.pre(values.every((value) => value === null || (!value.includes("\0") && value.isWellFormed())));
        expect(await through("text", textArray(values))).toEqual(values);
      }),
      { numRuns: 40 },
    );
  });

  it("brings JSON through, and null and undefined as SQL null", async () => {
    const values = [{ a: 'quote " and \\ backslash' }, [1, 2.5, "x"], "text", 0, false];
    expect(await elements("jsonb", jsonArray([...values, null, undefined]))).toEqual([...values, null, null]);
  });

  it("brings numbers, truth values and ids through", async () => {
    expect(await through("integer", plainArray([1, -2, null]))).toEqual([1, -2, null]);
    expect(await through("boolean", plainArray([true, false, null]))).toEqual([true, false, null]);
    const id = "00000000-0000-7000-8000-000000000001";
    expect(await through("uuid", plainArray([id, null]))).toEqual([id, null]);
  });

  it("brings instants through to the millisecond until the year 2242", async () => {
    const instants = fc.array(fc.option(fc.integer({ min: 0, max: 2 ** 33 * 1_000 })), { maxLength: 500 });
    await fc.assert(
      fc.asyncProperty(instants, async (values) => {
        const text = "select to_timestamp(value) as at from unnest($1::float8[]) value";
        const { rows } = await test.store.app.query(text, [timeArray(values)]);
        expect(rows.map(({ at }) => at)).toEqual(values);
      }),
      { numRuns: 40 },
    );
  });
});

describe("an instant as the database writes it", () => {
  it("is read exactly for every millisecond of a second", () => {
    for (let ms = 0; ms < 1_000; ms++) {
      const text = `2026-11-21 20:14:18.${String(ms).padStart(3, "0")}`.replace(/0+$/, "").replace(/\.$/, "");
      expect(parseInstant(`${text}+00`), text).toBe(Date.UTC(2026, 10, 21, 20, 14, 18, ms));
    }
  });

  it("is cut to the millisecond before it", () => {
    expect(parseInstant("2026-11-21 20:14:18.123999+00")).toBe(Date.UTC(2026, 10, 21, 20, 14, 18, 123));
  });
});
