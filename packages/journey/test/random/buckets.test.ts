import fc from "fast-check";
import { expect, test } from "vitest";
import type { Share } from "../../src/random/buckets.ts";
import { assignBuckets, BUCKETS, bucketOf } from "../../src/random/buckets.ts";
import { hash32 } from "../../src/random/hash.ts";

const shares = (...weights: readonly number[]): Share[] =>
  weights.map((weight, index) => ({ label: `branch_${index + 1}`, weight }));

const counts = (owners: Uint16Array, length: number) =>
  Array.from({ length }, (_, share) => owners.filter((owner) => owner === share).length);

const moved = (from: Uint16Array, to: Uint16Array) =>
  from.reduce((sum, owner, i) => sum + (owner === to[i] ? 0 : 1), 0);

/** The fewest buckets that must change hands. */
function fewest(from: Uint16Array, to: Uint16Array, length: number): number {
  const before = counts(from, length);
  return counts(to, length).reduce((sum, count, share) => sum + Math.max(0, count - before[share]!), 0);
}

test("the hash never changes: profiles would draw anew", () => {
  expect(
    ["", "a", "ab", "profile", "0192f3a0-0000-7000-8000-00000000002a", "ключ"].map((text) => hash32(text)),
  ).toEqual([0, 1867108634, 374890698, 3760935207, 4200234662, 3797877012]);
  expect([bucketOf("j/split", "p1"), bucketOf("j/split", "p2"), bucketOf("j/other", "p1")]).toEqual([285, 5, 4994]);
});

test("the assignment never changes either", () => {
  const owners = assignBuckets(shares(50, 30, 20));
  expect(owners.slice(0, 20).join("")).toBe("02202101021100100201");
});

const weights = fc
  .array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 8 })
  .filter((list) => list.some((weight) => weight > 0));

test("each share owns exactly its part of the buckets", () => {
  fc.assert(
    fc.property(weights, (list) => {
      const total = list.reduce((sum, weight) => sum + weight, 0);
      const owned = counts(assignBuckets(shares(...list)), list.length);
      for (const [index, count] of owned.entries()) {
        expect(Math.abs(count - (list[index]! / total) * BUCKETS)).toBeLessThan(1);
      }
      expect(owned.reduce((sum, count) => sum + count, 0)).toBe(BUCKETS);
    }),
    { numRuns: 12 },
  );
});

test("with two shares a change of weights moves the fewest buckets there are to move", () => {
  const weight = fc.integer({ min: 1, max: 1000 });
  fc.assert(
    fc.property(fc.tuple(weight, weight), fc.tuple(weight, weight), (before, after) => {
      const [from, to] = [assignBuckets(shares(...before)), assignBuckets(shares(...after))];
      expect(moved(from, to)).toBe(fewest(from, to, 2));
    }),
    { numRuns: 12 },
  );
});

test("with more shares, one weight that changes moves hardly more than the fewest", () => {
  const list = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(list, fc.integer({ min: 1, max: 100 }), (before, weight) => {
      const [from, to] = [assignBuckets(shares(...before)), assignBuckets(shares(weight, ...before.slice(1)))];
      expect(moved(from, to)).toBeLessThanOrEqual(fewest(from, to, 5) + 250);
    }),
    { numRuns: 12 },
  );
});

test("with more shares, weights that all change move less than twice the fewest", () => {
  const list = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(list, list, (before, after) => {
      const [from, to] = [assignBuckets(shares(...before)), assignBuckets(shares(...after))];
      expect(moved(from, to)).toBeLessThanOrEqual(fewest(from, to, 5) * 2 + 250);
    }),
    { numRuns: 12 },
  );
});

test("a new branch takes its part from all others and leaves the rest in place", () => {
  const [from, to] = [assignBuckets(shares(1, 1, 1)), assignBuckets(shares(1, 1, 1, 1))];
  expect(moved(from, to)).toBeLessThan(2_600);
});

test("the order of branches does not matter, their labels do", () => {
  const forth = assignBuckets(shares(3, 2, 5));
  const back = assignBuckets(shares(3, 2, 5).reverse());
  expect(forth.map((owner) => 2 - owner)).toEqual(back);
});

test("subjects spread evenly, and draws with different salts have nothing to do with each other", () => {
  const subjects = Array.from(
    { length: 20_000 },
    (_, i) => `0192f3a0-0000-7000-8000-${i.toString(16).padStart(12, "0")}`,
  );
  const half = (salt: string) => subjects.map((subject) => bucketOf(salt, subject) < BUCKETS / 2);
  const [first, second] = [half("a"), half("b")];
  const both = first.filter((isLow, index) => isLow && second[index]).length;
  expect(first.filter(Boolean).length / subjects.length).toBeCloseTo(0.5, 1);
  expect(Math.abs(both / subjects.length - 0.25)).toBeLessThan(0.02);
});
