import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { connectStore, inWorkspace } from "@wend/core";
import { createTestStore } from "@wend/core/testing";
import { afterAll, expect, test } from "vitest";

const text = await readFile(resolve(import.meta.dirname, "../../../../docs/operations.md"), "utf8");
const queries = text
  .split(/\n(?=\*\*)/)
  .map((part) => ({ symptom: /^\*\*(.+?)\*\*/.exec(part)?.[1], query: /```sql\n(.+?)```/s.exec(part)?.[1] }))
  .filter((part): part is { symptom: string; query: string } => part.symptom !== undefined && part.query !== undefined);

const runbook = await createTestStore();
afterAll(() => runbook.close());

test("the runbook has a query for each of its symptoms", () => {
  expect(queries).toHaveLength(text.match(/```sql/g)!.length);
});

test.each(queries)("runbook, $symptom: the query runs inside a workspace", async ({ query }) => {
  const store = connectStore({ url: runbook.url, max: 1 });
  try {
    expect(await inWorkspace(store, runbook.workspace.id, (tx) => tx.rows(query))).toEqual([]);
  } finally {
    await store.close();
  }
});
