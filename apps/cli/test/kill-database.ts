import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Kills the embedded server whose folder a command has printed. */
export async function killDatabase(output: string): Promise<void> {
  const folder = /embedded PostgreSQL in (\S+)/.exec(output)![1]!;
  const pidFile = await readFile(join(folder, "postgres", "postmaster.pid"), "utf8");
  process.kill(Number(pidFile.split("\n")[0]), "SIGKILL");
}
