import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { spawnWend } from "../spawn-wend.ts";

const run = promisify(execFile);
const readme = await readFile(resolve(import.meta.dirname, "../../../../README.md"), "utf8");
const blocks = [...readme.matchAll(/```sh tour\n(.+?)```/gs)].map((match) => match[1]!);

test("the five minutes of the README run as they are written", async () => {
  const calls: unknown[] = [];
  const crm = createServer((request, response) => {
    request.on("data", (chunk: Buffer) => calls.push(JSON.parse(chunk.toString())));
    request.on("end", () => response.end("{}"));
  }).listen(0, "127.0.0.1");
  await once(crm, "listening");
  const folder = await mkdtemp(join(tmpdir(), "wend-tour-"));
  const wend = spawnWend(["up"], { WEND_DATA: folder, WEND_PORT: "0", WEND_ALLOW_PRIVATE: "127.0.0.0/8" });
  try {
    const [, url = ""] = await wend.until(/Wend is up: (\S+)/);
    const [, key = ""] = await wend.until(/key +(srv_\S+)/);
    const script = blocks
      .join("\n")
      .replace("http://localhost:4400", url)
      .replace("srv_…", key)
      .replace("127.0.0.1:9999", `127.0.0.1:${(crm.address() as AddressInfo).port}`);
    const { stdout } = await run("bash", ["-euo", "pipefail", "-c", script]);
    expect(stdout).toContain('"version":1');
    expect(stdout.match(/\{"success":true\}/g)).toHaveLength(3);
    await expect.poll(() => calls, { timeout: 20_000 }).toEqual([{ plan: "pro" }]);
    const timeline = blocks.at(-1)!;
    const told = async () => (await run("bash", ["-c", `WEND=${url} KEY=${key}; ${timeline}`])).stdout;
    await expect.poll(told, { timeout: 20_000 }).toContain("accepted by the provider");
  } finally {
    wend.child.kill("SIGTERM");
    await wend.ended;
    crm.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 90_000);
