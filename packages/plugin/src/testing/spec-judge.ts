import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Stands between a plugin and the stand-in of its provider. */
export interface SpecJudge extends AsyncDisposable {
  /** Passes on what the specification allows, in both directions, and answers anything else with an error. */
  readonly url: string;
}

export interface Judged {
  /** The provider's own OpenAPI document, as JSON or YAML. */
  readonly spec: string;
  /** The stand-in's URL. */
  readonly upstream: string;
}

/**
 * Prism (`@stoplight/prism-cli`, which the package under test depends on) as a judge of the wire format: a request or an
 * answer that the provider's own specification does not allow becomes an error.
 */
export async function startSpecJudge({ spec, upstream }: Judged): Promise<SpecJudge> {
  const bin = createRequire(join(process.cwd(), "package.json")).resolve("@stoplight/prism-cli/dist/index.js");
  const folder = await mkdtemp(join(tmpdir(), "wend-judge-"));
  // JSON is YAML too.
  const file = join(folder, "spec.yaml");
  await writeFile(file, spec);
  const port = await freePort();
  const prism = spawn(process.execPath, [bin, "proxy", "--errors", "-p", String(port), file, upstream], {
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
