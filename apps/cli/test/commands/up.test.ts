import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { killDatabase } from "../kill-database.ts";
import { otherAddresses } from "../other-addresses.ts";
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

const up = (env: Readonly<Record<string, string>> = {}) => {
  const wend = spawnWend(["up"], { WEND_DATA: folder, WEND_PORT: "0", ...env });
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

const run = promisify(execFile);
const statusBy = {
  fetch: async (url: string) => String((await fetch(url)).status),
  curl: async (url: string) => (await run("curl", ["-s", "-o", "/dev/null", "-w", "%{http_code}", url])).stdout,
};

test("it answers on this machine alone, at the address that it prints and by the name localhost", async () => {
  const wend = up();
  const [, url = ""] = await wend.until(/Wend is up: (\S+)/);
  const { hostname, port } = new URL(url);
  expect(hostname).toBe("127.0.0.1");
  for (const ask of Object.values(statusBy)) {
    expect(await ask(`${url}/livez`)).toBe("200");
    expect(await ask(`http://localhost:${port}/livez`)).toBe("200");
  }
  for (const address of otherAddresses()) await expect(fetch(`http://${address}:${port}/livez`)).rejects.toThrow();
  wend.child.kill("SIGTERM");
  expect(await wend.ended).toBe(0);
}, 60_000);

test("WEND_HOST opens it to every address, and it says so", async () => {
  const wend = up({ WEND_HOST: "0.0.0.0" });
  const [, url = ""] = await wend.until(/Wend is up: (\S+)/);
  await wend.until(/open to +every address of this machine/);
  for (const address of ["127.0.0.1", ...otherAddresses()]) {
    expect(await statusBy.fetch(`http://${address}:${new URL(url).port}/livez`)).toBe("200");
  }
  expect(await statusBy.curl(`${url}/livez`)).toBe("200");
  wend.child.kill("SIGTERM");
  expect(await wend.ended).toBe(0);
}, 60_000);

test("an address that the machine does not have is refused with a code and a fix", async () => {
  // Kept for documentation: nobody has it.
  const wend = up({ WEND_HOST: "192.0.2.1" });
  expect(await wend.ended).toBe(1);
  expect(wend.output()).toMatch(/^http\.cannot_listen: .*192\.0\.2\.1.*EADDRNOTAVAIL.*\n {2}fix: .*WEND_HOST/);
}, 60_000);

test("a port that is in use is named, with the variable to change it by", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
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

test("a file where the data folder should be is named, and left as it is", async () => {
  const file = join(folder, "notes.txt");
  await writeFile(file, "mine");
  const wend = up({ WEND_DATA: file });
  expect(await wend.ended).toBe(1);
  expect(wend.output()).toMatch(/^store\.embedded_failed: .*notes\.txt is not a folder/);
  expect(await readFile(file, "utf8")).toBe("mine");
}, 60_000);

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
  const wrong = spawnWend(["up"], { WEND_HOST: "localhost", WEND_PORT: "99999", WEND_SECRET_KEY: "short" });
  const unknown = spawnWend(["uq"]);
  expect(await Promise.all([down.ended, wrong.ended, unknown.ended])).toEqual([1, 1, 1]);
  expect(down.output()).toMatch(/store\.unavailable: .*127\.0\.0\.1:1 says ECONNREFUSED/);
  expect(wrong.output()).toContain("/WEND_HOST");
  expect(wrong.output()).toContain("/WEND_PORT");
  expect(wrong.output()).toContain("/WEND_SECRET_KEY");
  expect(unknown.output()).toMatch(/cli\.usage: .*"uq"/);
  for (const { output } of [down, wrong, unknown]) expect(output()).toContain("fix: ");
}, 120_000);

test("a plugin that an operator names is there, and one that cannot be loaded keeps it from starting", async () => {
  const chat = resolve(import.meta.dirname, "../../../../examples/plugins/chat/src/index.ts");
  const data = { WEND_DATA: join(folder, "plugins"), WEND_PORT: "0" };
  const refused = up({ ...data, WEND_PLUGINS: "wend-plugin-absent,./nothing.js" });
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toMatch(/plugin\.not_loaded: .*wend-plugin-absent .*\.\/nothing\.js/s);

  const wend = up({ ...data, WEND_PLUGINS: chat });
  const [, url] = await wend.until(/Wend is up: (\S+)/);
  const [, key] = await wend.until(/key +(srv_\S+)/);
  const answer = await fetch(`${url}/trpc/connections.create`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ key: "team", plugin: "chat", config: {} }),
  });
  expect(await answer.text()).toContain("connection.invalid_config");
  wend.child.kill("SIGINT");
  expect(await wend.ended).toBe(0);
}, 120_000);
