import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { ApiRuntime } from "@wend/api";
import { appRouter, createContext } from "@wend/api";
import { connectStore, createApiKey, inWorkspace } from "@wend/core";
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

test("the call that settles is one that the API takes: it answers for the id", async () => {
  const [, path, body] = /```sh settle\ncurl -s \$WEND(\/trpc\/\S+) .+? -d '(.+?)'\n```/s.exec(text)!;
  const { store, workspace } = runbook;
  const { key } = await createApiKey(store, workspace.id, { kind: "srv", name: "docs", scopes: ["deliveries:write"] });
  const request = new Request(`http://wend.test${path}`, { headers: { authorization: `Bearer ${key}` } });
  // Of a process the procedure needs its store, and somebody to wake.
  const runtime = { store, queues: { wake: () => {} } } as unknown as ApiRuntime;
  const caller = appRouter.createCaller(createContext(runtime, request));
  const { ids, as } = JSON.parse(body!) as { ids: string[]; as: "accepted" };
  expect(path).toBe("/trpc/deliveries.settle");
  const refused = [{ id: ids[0], code: "delivery.not_found" }];
  expect(await caller.deliveries.settle({ ids, as })).toEqual({ settled: [], refused });
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
