import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { connectStore, inWorkspace } from "@wend/core";
import { startEmbedded } from "@wend/core/embedded";
import { createTestStore } from "@wend/core/testing";
import { afterAll, expect, onTestFinished, test } from "vitest";

const text = await readFile(resolve(import.meta.dirname, "../../../../docs/operations.md"), "utf8");
const queries = text
  .split(/\n(?=\*\*)/)
  .map((part) => ({ symptom: /^\*\*(.+?)\*\*/.exec(part)?.[1], query: /```sql\n(.+?)```/s.exec(part)?.[1] }))
  .filter((part): part is { symptom: string; query: string } => part.symptom !== undefined && part.query !== undefined);

const runbook = await createTestStore();
afterAll(() => runbook.close());

test("the runbook has a query for each of its symptoms", () => {
  expect(queries).toHaveLength(text.match(/```sql\n/g)!.length);
});

test.each(queries)("runbook, $symptom: the query runs inside a workspace", async ({ query }) => {
  const store = connectStore({ url: runbook.url, max: 1 });
  try {
    expect(await inWorkspace(store, runbook.workspace.id, (tx) => tx.rows(query))).toEqual([]);
  } finally {
    await store.close();
  }
});

test("the statement that settles takes a delivery of unknown outcome, and no other", async () => {
  const settle = /```sql settle\n(.+?)```/s.exec(text)![1]!;
  const id = /id = '([^']+)'/.exec(settle)![1]!;
  const settled = (state: string, dueAt: string | null) =>
    inWorkspace(runbook.store, runbook.workspace.id, async (tx) => {
      await tx.run("delete from deliveries", []);
      await tx.run(
        `insert into deliveries (workspace_id, id, run_id, seq, journey_id, version, node_id, profile_id, action,
           channel, purpose, input, state, checks, awaited, ambiguous, planned_at, due_at)
         values ($1, $2, $2, 1, $2, 1, 'n', $2, 'send', 'email', 'promotional', '{}', $3, '[]', true, true, now(), $4)`,
        [runbook.workspace.id, id, state, dueAt],
      );
      await tx.run(settle.replace("workspace_id = 1", `workspace_id = ${runbook.workspace.id}`), []);
      return (await tx.rows<{ state: string }>("select state, ambiguous from deliveries"))[0];
    });
  expect(await settled("unknown", null)).toEqual({ state: "accepted", ambiguous: false });
  expect(await settled("sending", "2026-01-01T00:00:00Z")).toEqual({ state: "sending", ambiguous: true });
  expect(await settled("failed", null)).toEqual({ state: "failed", ambiguous: true });
});

test("the lines before psql name the embedded database and its superuser's password", async () => {
  const folder = await mkdtemp(join(tmpdir(), "wend-psql-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  // Run by root, the database is another user.
  await chmod(folder, 0o755);
  const embedded = await startEmbedded({ dataDir: join(folder, "data"), throwaway: true });
  onTestFinished(() => embedded.stop());
  const lines = /```sh psql\n(.+?)\npsql\n```/s.exec(text)![1]!;
  const script = `${lines}\necho "$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$PGDATABASE"`;
  const { stdout } = await promisify(execFile)("sh", ["-euc", script], { cwd: embedded.dataDir });
  const owner = URL.parse(embedded.url)!;
  expect(stdout.trim()).toBe(`postgres:${owner.password}@${owner.host}${owner.pathname}`);
}, 60_000);
