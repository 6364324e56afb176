import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { beginImport } from "../../src/accept/import/begin-import.ts";
import type { HistoryItem } from "../../src/accept/import/history-item.ts";
import { importBatch } from "../../src/accept/import/import-batch.ts";
import { asOwner } from "../../src/store/owner.ts";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import { clear, countRows, query } from "./harness.ts";

let db: TestStore;
beforeAll(async () => {
  db = await createTestStore();
});
afterAll(() => db.close());
beforeEach(async () => {
  await clear(db);
  await asOwner(db.url, (client) => client.query("truncate imports"));
});

const source = { id: "f00d", fileHash: "f00d".repeat(16), map: "cdnow#1" };

const at = (line: number): HistoryItem => ({
  kind: "track",
  name: "Order Completed",
  userId: `u${line}`,
  messageId: `${source.id}:${line}`,
  receivedAt: Date.UTC(1997, 0, line),
  occurredAt: Date.UTC(1997, 0, line),
});

const batch = (from: number, to: number, last = false) => ({
  importId: source.id,
  items: Array.from({ length: to - from }, (_, n) => at(from + n + 1)),
  from: { line: from, rejected: 0 },
  to: { line: to, rejected: to - from },
  last,
});

const begin = (changed: Partial<typeof source> = {}) => beginImport(db.store, db.workspace, { ...source, ...changed });
const store = (...given: Parameters<typeof batch>) => importBatch(db.store, db.workspace, batch(...given));

describe("an import", () => {
  it("is found again where it stopped", async () => {
    expect(await begin()).toEqual({ id: source.id, line: 0, rejected: 0, finishedAt: null });
    await store(0, 3);
    expect(await begin()).toEqual({ id: source.id, line: 3, rejected: 3, finishedAt: null });
    await store(3, 5, true);
    expect(await begin()).toMatchObject({ line: 5, finishedAt: expect.any(Number) });
  });

  it("moves its checkpoint only with the events it stands for", async () => {
    await begin();
    const spoilt = { ...batch(0, 2), items: [at(1), { ...at(2), name: "\0" }] };
    await expect(importBatch(db.store, db.workspace, spoilt)).rejects.toThrow();
    expect(await begin()).toMatchObject({ line: 0 });
    expect(await query(db, "select 1 from events")).toEqual([]);
  });

  it("bears a batch that is stored again, as after a commit whose answer was lost", async () => {
    await begin();
    await store(0, 3);
    const before = await countRows(db);
    expect(await store(0, 3)).toEqual({ stored: 0, known: 3 });
    expect(await countRows(db)).toEqual(before);
  });

  it("refuses a process that is behind another one", async () => {
    await begin();
    await store(0, 3);
    await store(3, 6);
    await expect(store(0, 3)).rejects.toMatchObject({ code: "import.running_elsewhere" });
    expect(await begin()).toMatchObject({ line: 6 });
  });

  it("of two processes that are equally far lets one go on", async () => {
    await begin();
    const results = await Promise.allSettled([store(0, 2), store(0, 3)]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const { line } = await begin();
    expect(await query(db, "select 1 from events")).toHaveLength(line);
  });

  it("refuses another mapping of the same file", async () => {
    await begin();
    await expect(begin({ map: "cdnow#2" })).rejects.toMatchObject({ code: "import.map_changed" });
  });
});
