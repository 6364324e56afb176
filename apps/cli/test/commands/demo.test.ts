import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { run } from "../../src/commands/demo.ts";
import { killDatabase } from "../kill-database.ts";
import type { Wend } from "../spawn-wend.ts";
import { spawnWend } from "../spawn-wend.ts";

test("the demo sends its customers through the journey, shows it, and adds up", async () => {
  const demo = spawnWend(["demo", "--profiles", "100"]);
  expect(await demo.ended, demo.output()).toBe(0);
  const last = demo.output().trim().split("\n").at(-1);
  // 100 customers: 25 on pro, 90 with consent; half activate; see demo/customers.ts.
  expect(last).toMatch(
    /^demo: profiles=100 runs=100 steps=534 deliveries=168 failed=0 unknown=0 lost=0 seconds=[\d.]+$/,
  );
  expect(demo.output()).toContain("because the profile has not consented");
}, 120_000);

test("the smallest demo has a customer for each of its two timelines", async () => {
  const demo = spawnWend(["demo", "--profiles", "10"]);
  expect(await demo.ended, demo.output()).toBe(0);
  expect(demo.output().match(/^customer-\d, by profiles\.timeline\n {2}\d/gm)).toHaveLength(2);
}, 120_000);

test.each(["9", "0", "-5", "12.5", "1e3", "many", ""])("--profiles %j is refused", async (profiles) => {
  await expect(run([`--profiles=${profiles}`])).rejects.toMatchObject({ code: "cli.usage" });
});

test("Ctrl-C in the middle ends everything in order and leaves no folder behind", async () => {
  const { demo, folder } = await playingDemo();
  demo.child.kill("SIGINT");
  expect(await demo.ended, demo.output()).toBe(130);
  expect(demo.output()).toContain("SIGINT: stopped before the end; nothing is kept");
  expect(await demoFolders(folder)).toEqual([]);
}, 120_000);

test("a database that dies in the middle makes the demo fail instead of hang", async () => {
  const { demo, folder } = await playingDemo();
  await killDatabase(demo.output());
  expect(await demo.ended, demo.output()).toBe(1);
  expect(demo.output()).toContain("store.unavailable");
  expect(await demoFolders(folder)).toEqual([]);
}, 120_000);

/** A demo that has begun to play and will go on for a while, and where it makes its folder. */
async function playingDemo(): Promise<{ demo: Wend; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "wend-demo-test-"));
  // Run by root, the database is another user.
  await chmod(folder, 0o755);
  const demo = spawnWend(["demo", "--profiles", "3000"], { TMPDIR: folder });
  onTestFinished(async () => {
    demo.child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });
  await demo.until(/^day 0, /m);
  expect(await demoFolders(folder)).toHaveLength(1);
  return { demo, folder };
}

const demoFolders = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.startsWith("wend-demo-"));
