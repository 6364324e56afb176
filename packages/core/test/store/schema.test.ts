import type { ManualClock, TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { instantAt, kyselyOn } from "../../src/store/kysely.ts";
import { asOwner } from "../../src/store/owner.ts";
import { tables } from "../../src/store/schema.ts";
import { inWorkspace } from "../../src/store/transaction.ts";

let test: TestStore<ManualClock>;
beforeAll(async () => {
  test = await createTestStore({ now: "2026-01-01T00:00:00Z" });
});
afterAll(() => test.close());

describe("the schema of the read side", () => {
  it("is what the catalogue says: tables, columns in order, types, nulls", async () => {
    const { rows } = await asOwner(test.url, (client) =>
      client.query<{ table: string; name: string; type: string; nullable: boolean }>(/* sql */ `
        select c.relname as table, a.attname as name, t.typname as type, not a.attnotnull as nullable
        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        join pg_type t on t.oid = a.atttypid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname, a.attnum`),
    );
    const described = Object.entries(tables).flatMap(([table, columns]) =>
      Object.entries(columns).map(([name, { type, nullable }]) => ({ table, name, type, nullable })),
    );
    expect(described.toSorted((a, b) => a.table.localeCompare(b.table))).toEqual(
      rows.toSorted((a, b) => a.table.localeCompare(b.table)),
    );
  });
});

describe("a kysely query", () => {
  const id = "00000000-0000-7000-8000-000000000001";
  const read = (after: number) =>
    inWorkspace(test.store, test.workspace.id, async (tx) => {
      await tx.run(
        "insert into profiles (workspace_id, id, created_at, updated_at) values ($1, $2, $3, $3) on conflict do nothing",
        [tx.workspaceId, id, new Date(tx.now)],
      );
      return kyselyOn(tx)
        .selectFrom("profiles")
        .select(["id", "created_at"])
        .where("created_at", ">", instantAt(after))
        .execute();
    });

  it("runs inside the transaction: it sees what was written a moment before, and instants as milliseconds", async () => {
    expect(await read(test.clock.now() - 1)).toEqual([{ id, created_at: test.clock.now() }]);
  });

  it("compares instants to the millisecond", async () => {
    expect(await read(test.clock.now())).toEqual([]);
  });

  it("cannot begin a transaction of its own", async () => {
    const attempt = inWorkspace(test.store, test.workspace.id, (tx) =>
      kyselyOn(tx)
        .transaction()
        .execute(async () => {}),
    );
    await expect(attempt).rejects.toThrow("inWorkspace is the transaction");
  });
});
