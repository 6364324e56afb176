import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createManualClock, inWorkspace, loadEnv } from "@wend/core";
import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { ImportHost } from "../../src/commands/import.ts";
import { run as runImport } from "../../src/commands/import.ts";
import { tempFile, tempFolder } from "./temp-file.ts";

let db: TestStore;
beforeAll(async () => {
  db = await createTestStore();
});
afterAll(() => db.close());

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** `wend import …` as an operator runs it. */
function start(args: readonly string[], cwd: string): Started {
  const env = { ...process.env, DATABASE_URL: db.url, DATABASE_OWNER_URL: "", REDIS_URL: "" };
  const child = spawn(process.execPath, ["--conditions=@wend/source", main, "import", ...args], { cwd, env });
  onTestFinished(() => void child.kill("SIGKILL"));
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => (out += chunk));
  child.stderr.on("data", (chunk) => (err += chunk));
  return { child, ended: once(child, "close").then(([code]) => ({ code, out, err })) };
}

const run = async (args: readonly string[], cwd?: string): Promise<Ended> =>
  start(args, cwd ?? (await tempFolder())).ended;

const query = <Row extends object>(sql: string) => inWorkspace(db.store, db.workspace.id, (tx) => tx.rows<Row>(sql));
const countOf = async (table: string) => (await query<{ n: number }>(`select count(*) as n from ${table}`))[0]!.n;

/** Customers with three purchases each, one of every hundred rows with a number that is none. */
function purchases(customers: number): string {
  const lines = [" customer_id  date number_of_cds  dollar_value"];
  for (let n = 1; n <= customers; n++) {
    for (const cds of ["1", "2", n % 33 === 0 ? "?" : "3"]) lines.push(` ${n} 19970101 ${cds}  11.77`);
  }
  return `${lines.join("\r\n")}\r\n`;
}

describe("wend import", () => {
  it("goes on after a SIGKILL without a duplicate and without a gap", { timeout: 120_000 }, async () => {
    const file = await tempFile(purchases(9_900));
    const folder = await tempFolder();
    const args = [file, "--map", "cdnow", "--workspace", "test"];
    const first = start(args, folder);
    const line = async () => (await query<{ line: number }>("select line from imports"))[0]?.line ?? 0;
    const begun = expect.poll(line, { interval: 10, timeout: 60_000 }).toBeGreaterThan(0);
    // A process that ends by itself has nothing to go on from; what it printed says why.
    await Promise.race([begun, first.ended.then((ended) => expect(ended).toBe("killed"))]);
    first.child.kill("SIGKILL");
    await first.ended;
    const stopped = await line();
    expect(stopped).toBeLessThan(29_701);

    const { code, out } = await run(args, folder);
    expect(out).toContain(`went on after line ${stopped.toLocaleString("en-US")}`);
    expect(code).toBe(0);
    expect(await countOf("events")).toBe(29_700 - 300);
    expect(await query("select line, rejected from imports where finished_at is not null")).toEqual([
      { line: 29_701, rejected: 300 },
    ]);
    expect(await countOf("profiles")).toBe(9_900);
    expect(await countOf("consent_changes")).toBe(9_900);
    const seconds = "extract(second from received_at)::int";
    expect(await query(`select ${seconds} as second, count(*) as n from events group by 1 order by 1`)).toEqual([
      { second: 1, n: 9_900 },
      { second: 2, n: 9_900 },
      { second: 3, n: 9_900 - 300 },
    ]);
    expect(await countOf("inbox")).toBe(0);
    const rejects = await tempRejects(folder);
    expect(new Set(rejects.map((entry) => entry.line)).size).toBe(300);
    expect(rejects).toHaveLength(300);
  });

  it("stores nothing and writes no file in a dry run", async () => {
    const folder = await tempFolder();
    const before = await countOf("events");
    const { code, out, err } = await run([await tempFile(purchases(66)), "--map", "cdnow", "--dry-run"], folder);
    expect(out).toContain("dry run: 196 rows fit, 2 would be rejected; nothing was stored");
    expect(err).toContain('line 100 /properties/cds: "?" is not an integer');
    expect(code).toBe(1);
    expect(await countOf("events")).toBe(before);
    expect(await query("select slug from workspaces")).toEqual([{ slug: "test" }]);
    expect(await readdir(folder)).toEqual([]);
  });

  it("refuses to replay on the database's clock, and then stores nothing either", async () => {
    const before = await countOf("events");
    const { code, err } = await run([
      await tempFile(purchases(7)),
      "--map",
      "cdnow",
      "--workspace",
      "test",
      "--replay",
    ]);
    expect(err).toContain("import.replay_refused");
    expect(code).toBe(1);
    expect(await countOf("events")).toBe(before);
  });

  it("replays on a manual clock through plugins that record, in the order of the file's times", async () => {
    const file = await tempFile(purchases(20));
    const replay = { clock: createManualClock("1998-09-01T00:00:00Z"), plugins: [], log: pino({ level: "silent" }) };
    expect(await runHere([file, "--map", "cdnow", "--workspace", "test", "--replay"], { replay })).toBe(0);
    expect(await query("select kind, name, count(*) as n from inbox group by 1, 2")).toEqual([
      { kind: "event", name: "Order Completed", n: 60 },
    ]);
    await query("delete from inbox");
  });

  it.each([
    ["no file", [], "cli.usage"],
    ["no mapping", ["x.txt"], "cli.usage"],
    ["an unknown option", ["x.txt", "--map", "cdnow", "--fast"], "cli.usage"],
    ["a replay of nothing", ["x.txt", "--map", "cdnow", "--replay", "--dry-run"], "cli.usage"],
    ["an unknown mapping", ["x.txt", "--map", "nope"], "import.unknown_map"],
    ["a file that is not there", ["x.txt", "--map", "cdnow", "--workspace", "test"], "import.file_not_found"],
    ["a folder", [".", "--map", "cdnow", "--workspace", "test"], "import.file_not_found"],
    ["an unknown workspace", ["x.txt", "--map", "cdnow", "--workspace", "nope"], "workspace.not_found"],
  ])("names its error by a code: %s", async (_, args, code) => {
    await expect(runHere(args)).rejects.toMatchObject({ code });
  });
});

// As the command line calls it, without a process of its own.
const runHere = (args: readonly string[], host: ImportHost = {}) =>
  runImport(args, { env: { ...loadEnv({}), databaseUrl: db.url, databaseOwnerUrl: db.url }, ...host });

async function tempRejects(folder: string): Promise<{ line: number }[]> {
  const text = await readFile(`${folder}/data.txt.rejects.ndjson`, "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}
