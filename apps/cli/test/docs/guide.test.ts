import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createTestStore } from "@wend/core/testing";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { prints, Reader } from "./reader.ts";
import { readSteps } from "./steps.ts";
import { freePort, openTerminal } from "./terminal.ts";

const root = resolve(import.meta.dirname, "../../../..");
const page = await readFile(join(root, "docs/guide.md"), "utf8");

/** `npx pnpm@12` as the page types it, without what it would install. */
const npx = `npx() {
  case "$2" in start) shift 2; set -- up "$@" ;; wend) shift 2 ;; *) return 64 ;; esac
  node --conditions=@wend/source ${join(root, "apps/cli/src/main.ts")} "$@"
}`;

const servers = await createTestStore();
afterAll(() => servers.close());

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "wend-guide-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  // Run by root, the database is another user.
  await chmod(folder, 0o755);
  return folder;
}

test("docs/guide.md runs from top to bottom as it is written", async () => {
  const folder = await makeFolder();
  const [api, mail, crm] = [await freePort(), await freePort(), await freePort()].map(String);
  const steps = readSteps(page.replaceAll("4400", api!).replaceAll("2525", mail!).replaceAll("9999", crm!));
  const env = {
    DATABASE_URL: "",
    REDIS_URL: "",
    WEND_LOG_LEVEL: "warn",
    WEND_DATA: join(folder, "data"),
    WEND_PORT: api!,
  };
  const reader = new Reader({ cwd: folder, env }, npx);
  for (const step of steps.filter(({ where }) => where !== "servers")) await reader.follow(step);
}, 240_000);

test("the commands of docs/guide.md for servers run on servers", async () => {
  const { script, prints: lines } = readSteps(page).find(({ where }) => where === "servers")!;
  const redis = servers.redisUrl;
  if (redis === undefined) process.stderr.write("docs/guide.md on redis not tested: REDIS_URL is not set\n");
  const here = script
    .replace(/postgres:\S+/, servers.url)
    // A database of its own, for the keys are called as in production.
    .replace(/export REDIS_URL=.+\n/, redis ? `export REDIS_URL=${new URL("/15", redis).href}\n` : "");
  const env = { DATABASE_OWNER_URL: "", REDIS_URL: "", WEND_LOG_LEVEL: "warn", WEND_PORT: "0" };
  const terminal = openTerminal(`${npx}\n${here}`, { cwd: await makeFolder(), env });
  await prints(
    terminal,
    lines.map((line) => line.replace("4400", "…")),
  );
}, 120_000);

test("docs/guide.md shows nothing that is not run", () => {
  const fences = page.match(/^```\w+/gm)!.length;
  const read = readSteps(page).flatMap((step) => [
    step.where,
    ...step.elsewhere,
    ...(step.prints.length > 0 ? [1] : []),
  ]);
  expect(read).toHaveLength(fences);
});
