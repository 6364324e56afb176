import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { connectQueues, migrateQueues } from "@wend/core";
import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import pg from "pg";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

const main = resolve(import.meta.dirname, "../src/main.ts");

interface Running {
  readonly child: ChildProcess;
  readonly output: string[];
  said(text: string): boolean;
}

function run(args: readonly string[], env: Record<string, string>): Running {
  const child = spawn(process.execPath, ["--conditions=@wend/source", main, ...args], {
    env: { PATH: process.env.PATH, WEND_LOG_LEVEL: "debug", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  child.stdout.on("data", (chunk) => output.push(String(chunk)));
  child.stderr.on("data", (chunk) => output.push(String(chunk)));
  return { child, output, said: (text) => output.join("").includes(text) };
}

describe("a worker process", () => {
  let world: TestStore;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    world = await createTestStore();
    await migrateQueues(world.url);
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });
  afterAll(() => world.close());

  const start = (args: readonly string[], env: Record<string, string> = { DATABASE_URL: world.url }): Running => {
    const running = run(args, env);
    children.push(running.child);
    return running;
  };
  const exitOf = async ({ child }: Running): Promise<number | null> => {
    if (child.exitCode === null) await once(child, "exit");
    return child.exitCode;
  };

  test("ends with 0 on SIGTERM", async () => {
    const worker = start(["advance", "deliver", "clock", "maintenance"]);
    await expect.poll(() => worker.said("worker started"), { timeout: 15_000 }).toBe(true);
    worker.child.kill("SIGTERM");
    expect(await exitOf(worker)).toBe(0);
    expect(worker.said("worker stopped")).toBe(true);
  });

  test("lives through the loss of every connection to the database, and goes on", async () => {
    const worker = start(["advance", "clock"]);
    await expect.poll(() => worker.said("worker started"), { timeout: 15_000 }).toBe(true);
    const queues = await connectQueues({ databaseUrl: world.url, log: pino({ level: "silent" }) });
    const killer = new pg.Client(world.url);
    await killer.connect();
    try {
      for (let i = 0; i < 5; i++) {
        // Not an autovacuum: a login that is no superuser may not end one.
        await killer.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
        );
        queues.wake(world.workspace.id, [i]);
      }
    } finally {
      await killer.end();
    }
    // A job that is claimed and finished leaves the queue.
    await expect
      .poll(
        async () => {
          queues.wakeNow(world.workspace.id, [0]);
          return worker.child.exitCode === null && (await countJobs(world)) === 0;
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    await queues.close();
    worker.child.kill("SIGTERM");
    expect(await exitOf(worker)).toBe(0);
  });

  test("does not start without a database, and says why", async () => {
    const worker = start(["clock"], {});
    expect(await exitOf(worker)).toBe(1);
    expect(worker.said("env.invalid")).toBe(true);
    expect(worker.said('"pointer":"/DATABASE_URL"')).toBe(true);
  });

  test("does not start while the database is down, and says why", async () => {
    const worker = start(["clock"], { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" });
    expect(await exitOf(worker)).toBe(1);
    expect(worker.said("store.unavailable")).toBe(true);
  });

  test("does not start in a role that there is not", async () => {
    const worker = start(["advnace"]);
    expect(await exitOf(worker)).toBe(1);
    expect(worker.said("cli.usage")).toBe(true);
  });
});

async function countJobs(world: TestStore): Promise<number> {
  const client = new pg.Client(world.url);
  client.on("error", () => {});
  await client.connect();
  const { rows } = await client.query<{ count: string }>("select count(*) from bullmq.job");
  await client.end();
  return Number(rows[0]!.count);
}
