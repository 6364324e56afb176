import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { killDatabase } from "../kill-database.ts";
import type { Wend } from "../spawn-wend.ts";
import { spawnWend } from "../spawn-wend.ts";

let folder = "";
const started: Wend[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "wend-up-"));
});
afterAll(async () => {
  for (const { child } of started) child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

const up = () => {
  const wend = spawnWend(["up"], { WEND_DATA: folder, WEND_PORT: "0" });
  started.push(wend);
  return wend;
};

test("what was accepted survives Ctrl-C and a restart; a second start on the same data is refused", async () => {
  const first = up();
  const [, url] = await first.until(/Wend is up: (\S+)/);
  const [, key] = await first.until(/key +(srv_\S+)/);
  const track = await fetch(`${url}/v1/track`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${key}:`)}` },
    body: JSON.stringify({ userId: "ada", event: "Signed Up" }),
  });
  expect(track.status).toBe(200);

  const second = up();
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain("store.locked");

  first.child.kill("SIGINT");
  expect(await first.ended).toBe(0);
  expect(first.output()).toContain("stopped; the data is kept");

  const again = up();
  const [, newUrl] = await again.until(/Wend is up: (\S+)/);
  const input = encodeURIComponent(JSON.stringify({ userId: "ada" }));
  const timeline = await fetch(`${newUrl}/trpc/profiles.timeline?input=${input}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  expect(await timeline.text()).toContain("Signed Up");
  again.child.kill("SIGTERM");
  expect(await again.ended).toBe(0);
}, 90_000);

test("a port that is in use is named, with the variable to change it by", async () => {
  const holder = createServer().listen(0);
  await once(holder, "listening");
  try {
    const { port } = holder.address() as AddressInfo;
    const wend = spawnWend(["up"], { WEND_DATA: folder, WEND_PORT: String(port) });
    started.push(wend);
    expect(await wend.ended).toBe(1);
    expect(wend.output()).toMatch(new RegExp(`^http\\.port_in_use: .*${port}.*\n {2}fix: .*WEND_PORT`));
  } finally {
    holder.close();
  }
}, 120_000);

test("an embedded database that dies ends the server in order, with a code", async () => {
  const wend = up();
  await wend.until(/stop +Ctrl-C/);
  await killDatabase(wend.output());
  expect(await wend.ended, wend.output()).toBe(1);
  expect(wend.output()).toMatch(/^store\.embedded_failed: .*ended while Wend was serving/m);
  const again = up();
  await again.until(/stop +Ctrl-C/);
  again.child.kill("SIGTERM");
  expect(await again.ended, again.output()).toBe(0);
}, 120_000);

test.each(["up", "demo", "migrate", "key"])(
  "wend %s refuses a word that it does not know",
  async (command) => {
    const wend = spawnWend([command, "x"]);
    expect(await wend.ended).toBe(1);
    expect(wend.output()).toMatch(/^cli\.usage: .*'x'/);
  },
  60_000,
);

test("a database that is down, a variable that is wrong and an unknown command each get a code and a fix", async () => {
  const down = spawnWend(["up"], { DATABASE_URL: "postgres://127.0.0.1:1/wend" });
  const wrong = spawnWend(["up"], { WEND_PORT: "99999", WEND_SECRET_KEY: "short" });
  const unknown = spawnWend(["uq"]);
  expect(await Promise.all([down.ended, wrong.ended, unknown.ended])).toEqual([1, 1, 1]);
  expect(down.output()).toMatch(/store\.unavailable: .*127\.0\.0\.1:1 says ECONNREFUSED/);
  expect(wrong.output()).toContain("/WEND_PORT");
  expect(wrong.output()).toContain("/WEND_SECRET_KEY");
  expect(unknown.output()).toMatch(/cli\.usage: .*"uq"/);
  for (const { output } of [down, wrong, unknown]) expect(output()).toContain("fix: ");
}, 120_000);
