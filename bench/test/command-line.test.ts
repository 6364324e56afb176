import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { existingFile, Misuse, readOptions } from "../src/options.ts";

const main = resolve(import.meta.dirname, "../src/main.ts");

/** What the command prints, and its exit code. */
function call(...args: readonly string[]): Promise<{ code: unknown; output: string }> {
  return new Promise((done) => {
    execFile(process.execPath, ["--conditions=@wend/source", main, ...args], (error, stdout, stderr) =>
      done({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });
}

test.each([
  ["bench cdnow", "--data is missing. Usage: npx pnpm@12 bench cdnow --data <file>"],
  ["bench cdnow --data none.txt", "--data names no file: none.txt. Usage: npx pnpm@12 bench cdnow --data <file>"],
  ["bench channels --x", "npx pnpm@12 bench channels [--rounds 5] [--deliveries 2000] [--concurrency 100]"],
  ["bench channels --only fax", "--only is one of email-smtp, email-sendgrid, sms-twilio, crm-hubspot, "],
  ["bench engine --parked many", "[--parked 10000,100000,1000000]"],
  ["bench ingest --x", "Unknown option '--x'. Usage: npx pnpm@12 bench ingest [--seconds 4]"],
  ["bench latency --x", "npx pnpm@12 bench latency [--seconds 20] [--profile <text>]"],
  ["bench timers --x", "npx pnpm@12 bench timers [--parked 1000000]"],
  ["bench webhook --x", "npx pnpm@12 bench webhook [--seconds 8]"],
  ["drill kill --x", "npx pnpm@12 drill kill [--runs 10000] [--kills 100] [--workers 4]"],
  ["drill flushall --x", "[--per-second 300]"],
  ["drill stop --runs ten", '--runs is a number, not "ten". Usage: npx pnpm@12 drill stop [--runs 8000]'],
  ["drill pg-restart more", "npx pnpm@12 drill pg-restart [--runs 6000]"],
  ["drill nothing", "usage: npx pnpm@12 drill <kill|flushall|stop|provider|pg-restart>"],
  ["", "usage: npx pnpm@12 bench|drill <name>"],
])(
  "%s: one line says what is wrong and how to call it",
  async (line, said) => {
    const { code, output } = await call(...line.split(" ").filter(Boolean));
    expect(output).toContain(said);
    expect(output.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(2);
  },
  60_000,
);

test("options are read by the type of their default", async () => {
  const folder = await mkdtemp(join(tmpdir(), "wend-bench-options-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const data = join(folder, "data.txt");
  await writeFile(data, "");
  const defaults = { data: existingFile, perSecond: 300, sizes: [1, 2], profile: undefined } as const;
  const file = ["--data", data];
  expect(readOptions(file, defaults)).toEqual({ data, perSecond: 300, sizes: [1, 2], profile: undefined });
  const given = ["--per-second", "7", "--sizes", "0,10", "--profile", "out"];
  expect(readOptions([...file, ...given], defaults)).toEqual({ data, perSecond: 7, sizes: [0, 10], profile: "out" });
  for (const wrong of [["--per-second", "1,2"], ["--per-second="], ["--sizes", "1,"], ["--data", folder]]) {
    expect(() => readOptions([...file, ...wrong], defaults)).toThrow(Misuse);
  }
});
