import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter, dirname } from "node:path";
import { onTestFinished } from "vitest";

export interface Terminal {
  /** All that was printed so far, both streams. */
  output(): string;
  /** The exit code of the shell; what it left in the background runs on. */
  readonly ended: Promise<number | null>;
  /** Does what Ctrl-C does; resolves once nothing of it runs any more. */
  interrupt(): Promise<unknown>;
}

export interface Place {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A shell that runs the script, and is closed together with its background jobs when the test ends. */
export function openTerminal(script: string, { cwd, env = {} }: Place = {}): Terminal {
  const PATH = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
  const child = spawn("bash", ["-euo", "pipefail", "-c", script], {
    cwd,
    env: { ...process.env, ...env, PATH },
    detached: true,
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk));
  const ended = once(child, "exit").then(([code]) => code as number | null);
  // The shell may be gone before what it runs; that still holds its streams.
  const closed = once(child, "close");
  const stop = (signal: "SIGINT" | "SIGTERM") => {
    signalGroup(child.pid!, signal);
    return closed;
  };
  onTestFinished(async () => void (await stop("SIGTERM")));
  return { output: () => text, ended, interrupt: () => stop("SIGINT") };
}

function signalGroup(pid: number, signal: "SIGINT" | "SIGTERM"): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nothing of it runs any more.
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
