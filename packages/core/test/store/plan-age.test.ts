import type pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { outlivesPlans } from "../../src/store/plan-age.ts";
import { inBusyWorkspace } from "../../src/store/transaction.ts";
import { createTestStore } from "../../src/testing/index.ts";

const client = () => ({}) as pg.ClientBase;

describe("the plans of a connection", () => {
  it("are made anew whenever it has done twice as much as when they were made", () => {
    const one = client();
    const anew = Array.from({ length: 40 }, (_, i) => i + 1).filter(() => outlivesPlans(one, 0));
    expect(anew).toEqual([1, 2, 4, 8, 16, 32]);
  });

  it("last five seconds at most", () => {
    const one = client();
    for (let i = 0; i < 100; i++) outlivesPlans(one, 0);
    expect(outlivesPlans(one, 4_999)).toBe(false);
    expect(outlivesPlans(one, 5_000)).toBe(true);
    expect(outlivesPlans(one, 9_999)).toBe(false);
    expect(outlivesPlans(one, 10_000)).toBe(true);
  });

  it("are those of one connection", () => {
    const [one, other] = [client(), client()];
    outlivesPlans(one, 0);
    expect(outlivesPlans(other, 0)).toBe(true);
  });
});

describe("a busy transaction", async () => {
  const db = await createTestStore();
  afterAll(() => db.close());

  it("plans a prepared statement ahead, whatever its values", async () => {
    const statement = { name: "by-id", text: "select traits from profiles where workspace_id = $1 and id = $2" };
    const values = [db.workspace.id, "01900000-0000-7000-8000-000000000001"];
    const generic = await inBusyWorkspace(db.store, db.workspace.id, async (tx) => {
      await tx.rows(statement, values);
      const [row] = await tx.rows<{ generic: number }>(
        "select generic_plans as generic from pg_prepared_statements where name = $1",
        [statement.name],
      );
      return row!.generic;
    });
    expect(generic).toBe(1);
  });
});
