import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createApiKey, migrateQueues } from "@wend/core";
import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import { afterAll, beforeAll, expect, it } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

let db: TestStore;
beforeAll(async () => {
  db = await createTestStore();
  await migrateQueues(db.url);
});
afterAll(() => db.close());

function start(env: Record<string, string>) {
  const child = spawn(process.execPath, ["--conditions=@wend/source", main], {
    env: { ...process.env, WEND_PORT: "0", WEND_LOG_LEVEL: "info", REDIS_URL: "", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: { msg: string; host?: string; port?: number; code?: string }[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => lines.push(JSON.parse(line)));
  const said = async (msg: string) => {
    for (;;) {
      const line = lines.find((one) => one.msg === msg);
      if (line) return line;
      await once(reader, "line");
    }
  };
  return { child, said, exited: once(child, "exit").then(([code]) => code as number) };
}

it("the api on its own serves, drains on SIGTERM, and exits 0", async () => {
  const api = start({ DATABASE_URL: db.url });
  const { host, port } = await api.said("api listening");
  // A container's network decides who reaches it.
  expect(host).toMatch(/^(::|0\.0\.0\.0)$/);
  const { key } = await createApiKey(db.store, db.workspace.id, { kind: "srv", name: "test", scopes: ["ingest"] });
  const response = await fetch(`http://127.0.0.1:${port}/v1/track`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ userId: "u", event: "Seen" }),
  });
  expect([response.status, await response.json()]).toEqual([200, { success: true }]);
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  api.child.kill("SIGTERM");
  expect(await api.exited).toBe(0);
});

it("the api on its own listens where WEND_HOST says", async () => {
  const api = start({ DATABASE_URL: db.url, WEND_HOST: "127.0.0.1" });
  const { host, port } = await api.said("api listening");
  expect(host).toBe("127.0.0.1");
  expect((await fetch(`http://${host}:${port}/livez`)).status).toBe(200);
  api.child.kill("SIGTERM");
  expect(await api.exited).toBe(0);
});

it("the api on its own refuses to start without a database, and says so", async () => {
  const api = start({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" });
  expect(await api.said("the api cannot start")).toMatchObject({ code: "store.unavailable" });
  expect(await api.exited).toBe(1);
});
