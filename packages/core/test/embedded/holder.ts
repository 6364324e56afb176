import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface Holder {
  readonly child: ChildProcess;
  readonly url: string;
  /** Process id of the server. */
  readonly pid: number;
  readonly port: number;
  /** Everything printed after the address, once the process has ended. */
  readonly rest: Promise<string>;
}

/** A process of its own, in a process group of its own, that holds an embedded server. */
export async function startHolder(dataDir: string): Promise<Holder> {
  const script = fileURLToPath(new URL("hold.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=@wend/source", script, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const lines = createInterface({ input: child.stdout! });
  const [first] = (await once(lines, "line")) as [string];
  const printed: string[] = [];
  lines.on("line", (line) => printed.push(line));
  const rest = once(lines, "close").then(() => printed.join("\n"));
  return { child, rest, ...(JSON.parse(first) as { url: string; pid: number; port: number }) };
}
