import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DueTimer, InboxRow } from "../../src/advance/take.ts";
import { cutAtHorizon } from "../../src/advance/take.ts";

const row = (receivedAt: number, n: number): InboxRow => ({
  id: `row-${n}`,
  receivedAt,
  profileId: "p",
  kind: "event",
  name: "e",
  runId: null,
  detail: null,
  eventKind: "track",
  occurredAt: receivedAt,
  payload: null,
});
const timer = (dueAt: number, n: number): DueTimer => ({ dueAt, runId: `run-${n}`, profileId: "p" });

const instants = fc
  .array(fc.integer({ min: 0, max: 20 }), { maxLength: 12 })
  .map((list) => list.toSorted((a, b) => a - b));
const shards = fc.record({
  rows: instants.map((list) => list.map(row)),
  timers: instants.map((list) => list.map(timer)),
  limit: fc.integer({ min: 1, max: 5 }),
});

/** As the database answers: up to one more than the limit. */
const cut = ({ rows, timers, limit }: { rows: InboxRow[]; timers: DueTimer[]; limit: number }) =>
  cutAtHorizon(rows.slice(0, limit + 1), timers.slice(0, limit + 1), { rows: limit, timers: limit, dueUntil: 20 });

describe("the horizon of a batch", () => {
  test("no row is taken that is younger than a timer left behind", () => {
    fc.assert(
      fc.property(shards, (shard) => {
        const batch = cut(shard);
        const left = shard.timers.filter((one) => !batch.timers.includes(one));
        for (const taken of batch.rows) for (const one of left) expect(taken.receivedAt).toBeLessThanOrEqual(one.dueAt);
      }),
    );
  });

  test("no timer fires before a row left behind that is older or of the same instant", () => {
    fc.assert(
      fc.property(shards, (shard) => {
        const batch = cut(shard);
        const left = shard.rows.filter((one) => !batch.rows.includes(one));
        for (const one of shard.timers) {
          if (!batch.fires(one.runId, one.dueAt)) continue;
          for (const other of left) expect(one.dueAt).toBeLessThan(other.receivedAt);
        }
      }),
    );
  });

  test("every timer taken fires, and something is taken whenever there is anything: no shard stands still", () => {
    fc.assert(
      fc.property(shards, (shard) => {
        const batch = cut(shard);
        for (const one of batch.timers) expect(batch.fires(one.runId, one.dueAt)).toBe(true);
        expect(batch.rows.length + batch.timers.length > 0).toBe(shard.rows.length + shard.timers.length > 0);
      }),
    );
  });

  test("100 timers due at one instant are taken in pieces, although none of them is older than the others", () => {
    const timers = Array.from({ length: 100 }, (_, n) => timer(7, n));
    expect(cut({ rows: [], timers, limit: 5 })).toMatchObject({ timers: timers.slice(0, 5), more: true });
  });

  test("what is left is said to be more", () => {
    fc.assert(
      fc.property(shards, (shard) => {
        const batch = cut(shard);
        const taken = batch.rows.length + batch.timers.length;
        expect(batch.more).toBe(
          taken < Math.min(shard.rows.length, shard.limit + 1) + Math.min(shard.timers.length, shard.limit + 1),
        );
      }),
    );
  });
});
