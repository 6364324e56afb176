import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { judgedSpec } from "./judged-spec.ts";

export interface Judge extends AsyncDisposable {
  /** Passes on what the specification allows, in both directions, and answers anything else with an error. */
  readonly url: string;
}

/** Prism between a browser and the connection, on OFREP's own specification. */
export async function startJudge(specFile: string, upstream: string): Promise<Judge> {
  const folder = await mkdtemp(join(tmpdir(), "wend-ofrep-"));
  const spec = join(folder, "ofrep.yaml");
  await writeFile(spec, judgedSpec(await readFile(specFile, "utf8")));
  const port = await freePort();
  const bin = createRequire(import.meta.url).resolve("@stoplight/prism-cli/dist/index.js");
  const prism = spawn(process.execPath, [bin, "proxy", "--errors", "-p", String(port), spec, upstream], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = async () => {
    await end(prism);
    await rm(folder, { recursive: true });
  };
  try {
    await listening(prism);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: stop };
}

async function listening(prism: ChildProcess): Promise<void> {
  const said: string[] = [];
  for await (const line of createInterface({ input: prism.stdout! })) {
    said.push(line);
    if (line.includes("Prism is listening")) {
      prism.stdout!.resume();
      return;
    }
  }
  throw new Error(`Prism has ended: ${said.join("\n")}`);
}

async function end(prism: ChildProcess): Promise<void> {
  if (prism.exitCode !== null || prism.signalCode !== null) return;
  prism.kill("SIGKILL");
  await once(prism, "exit");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
