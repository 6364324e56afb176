import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { migrateQueues } from "@wend/core";
import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Wend } from "../spawn-wend.ts";
import { spawnNode } from "../spawn-wend.ts";
import { strayNames } from "./plugin/stray.ts";

const apps = resolve(import.meta.dirname, "../../..");
const failing = ["--import", resolve(import.meta.dirname, "fail-on-signal.ts")];
const hosts = {
  up: { args: [resolve(apps, "cli/src/main.ts"), "up"], ready: /Wend is up: (\S+)/, ended: /^internal\.unexpected/m },
  api: { args: [resolve(apps, "api/src/main.ts")], ready: /"port":(\d+).*api listening/, ended: /(?:)/ },
  worker: { args: [resolve(apps, "worker/src/main.ts")], ready: /worker started/, ended: /worker stopped/ },
};

let db: TestStore;
let connectionId = "";
const started: Wend[] = [];
const secretKey = randomBytes(32).toString("base64");
const start = (name: keyof typeof hosts): Wend => {
  const wend = spawnNode([...failing, ...hosts[name].args], {
    DATABASE_URL: db.url,
    WEND_PORT: "0",
    WEND_SECRET_KEY: secretKey,
    WEND_PLUGINS: resolve(import.meta.dirname, "plugin/stray.ts"),
    WEND_LOG_LEVEL: "info",
  });
  started.push(wend);
  return wend;
};

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly plugin?: string;
  readonly connectionId?: string;
  readonly origin?: string;
  readonly frames?: string[];
}
const linesOf = (wend: Wend): Line[] =>
  wend
    .output()
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
const straysOf = (wend: Wend) => linesOf(wend).filter(({ msg }) => msg === "a plugin left an error to nobody");

beforeAll(async () => {
  db = await createTestStore();
  await migrateQueues(db.url);
});
afterAll(async () => {
  for (const { child } of started) child.kill("SIGKILL");
  await db.close();
});

async function connect(url: string, key: string): Promise<string> {
  const response = await fetch(`${url}/trpc/connections.create`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ key: "stray", plugin: "stray", config: { token: "s3cret" } }),
  });
  const { result } = (await response.json()) as { result: { data: { id: string } } };
  return result.data.id;
}

async function endsOfItsOwn(wend: Wend, ended: RegExp): Promise<void> {
  wend.child.kill("SIGWINCH");
  expect(await wend.ended, wend.output()).toBe(1);
  expect(linesOf(wend)).toContainEqual(
    expect.objectContaining({ level: 60, msg: "the process failed and ends", origin: "exception" }),
  );
  expect(wend.output()).toMatch(ended);
  expect(wend.output()).not.toContain("s3cret");
}

describe("an error that a plugin leaves to nobody takes no process down, and one of the host's own does", () => {
  test("wend up", async () => {
    const wend = start("up");
    const [, url = ""] = await wend.until(hosts.up.ready);
    const [, key = ""] = await wend.until(/key +(srv_\S+)/);
    connectionId = await connect(url, key);
    // Its poll leaves one of each.
    await expect.poll(() => straysOf(wend).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(strayNames.length);
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    await endsOfItsOwn(wend, hosts.up.ended);
  }, 90_000);

  test("the api", async () => {
    const wend = start("api");
    const [, port] = await wend.until(hosts.api.ready);
    for (const [index, name] of strayNames.entries()) {
      expect(await (await fetch(`http://127.0.0.1:${port}/c/${connectionId}/${name}`)).text()).toBe("well");
      await expect.poll(() => straysOf(wend).length).toBe(index + 1);
      expect(straysOf(wend).at(-1), name).toMatchObject({ level: 50, plugin: "stray", connectionId });
    }
    expect(straysOf(wend)[1]?.frames?.[0]).toMatch(/stray\.ts:\d+:\d+\)$/);
    wend.child.kill("SIGUSR2");
    await expect.poll(() => straysOf(wend).length).toBe(strayNames.length + 1);
    expect(straysOf(wend).at(-1)).toMatchObject({ plugin: expect.stringContaining("stray.ts"), origin: "rejection" });
    expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
    await endsOfItsOwn(wend, hosts.api.ended);
  }, 90_000);

  test("the worker", async () => {
    const wend = start("worker");
    await wend.until(hosts.worker.ready);
    await expect.poll(() => straysOf(wend).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(strayNames.length);
    await endsOfItsOwn(wend, hosts.worker.ended);
  }, 90_000);
});
