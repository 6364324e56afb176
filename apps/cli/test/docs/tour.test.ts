import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { spawnWend } from "../spawn-wend.ts";

const readme = await readFile(resolve(import.meta.dirname, "../../../../README.md"), "utf8");
const blocks = [...readme.matchAll(/```sh tour\n(.+?)```/gs)].map((match) => match[1]!);

interface Terminal {
  output(): string;
  /** The exit code of the shell; what it left in the background runs on. */
  readonly ended: Promise<number | null>;
}

/** A shell that runs the script, and is closed together with its background jobs when the test ends. */
function openTerminal(script: string): Terminal {
  const PATH = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
  const child = spawn("bash", ["-euo", "pipefail", "-c", script], { env: { ...process.env, PATH }, detached: true });
  onTestFinished(() => closeGroup(child.pid!));
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk));
  return { output: () => text, ended: once(child, "exit").then(([code]) => code as number | null) };
}

function closeGroup(pid: number): void {
  try {
    process.kill(-pid);
  } catch {
    // Nothing of it runs any more.
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

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
