import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { spawnWend } from "../spawn-wend.ts";
import { freePort, openTerminal } from "./terminal.ts";

const readme = await readFile(resolve(import.meta.dirname, "../../../../README.md"), "utf8");
const blocks = [...readme.matchAll(/```sh tour\n(.+?)```/gs)].map((match) => match[1]!);

test("the README's first command allows the address that its tour calls", () => {
  expect(readme).toContain("WEND_ALLOW_PRIVATE=127.0.0.0/8 npx pnpm@12 start");
  expect(blocks[0]).toContain('listen(9999, "127.0.0.1")');
});

test("the five minutes of the README run as they are written", async () => {
  const folder = await mkdtemp(join(tmpdir(), "wend-tour-"));
  const wend = spawnWend(["up"], { WEND_DATA: folder, WEND_PORT: "0", WEND_ALLOW_PRIVATE: "127.0.0.0/8" });
  try {
    const [, url = ""] = await wend.until(/Wend is up: (\S+)/);
    const [, key = ""] = await wend.until(/key +(srv_\S+)/);
    const script = blocks
      .join("\n")
      .replace("http://127.0.0.1:4400", url)
      .replace("srv_…", key)
      .replaceAll("9999", String(await freePort()));
    const terminal = openTerminal(script);
    expect(await terminal.ended, terminal.output()).toBe(0);
    await expect.poll(terminal.output, { timeout: 20_000 }).toContain('the CRM was told: {"plan":"pro"}');
    expect(terminal.output()).toContain('"version":1');
    expect(terminal.output().match(/\{"success":true\}/g)).toHaveLength(3);
    const told = async () => {
      const again = openTerminal(`WEND=${url} KEY=${key}; ${blocks.at(-1)!}`);
      await again.ended;
      return again.output();
    };
    await expect.poll(told, { timeout: 20_000 }).toContain("accepted by the provider");
  } finally {
    wend.child.kill("SIGTERM");
    await wend.ended;
    await rm(folder, { recursive: true, force: true });
  }
}, 90_000);
