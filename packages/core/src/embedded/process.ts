import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** When a process started, as text to compare; undefined when there is no such process. */
export async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform !== "linux") return ps(pid, "lstart=");
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The program's name stands in parentheses and may hold spaces; field 3 is the state, 22 the start in clock ticks.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields === undefined || fields[0] === "Z") return undefined;
  return `${await bootId()}:${fields[19]}`;
}

/** The command line of a process; undefined when there is no such process. */
export async function commandOf(pid: number): Promise<string | undefined> {
  if (process.platform !== "linux") return ps(pid, "args=");
  const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  return line?.replaceAll("\0", " ").trim() || undefined;
}

// Ticks count from boot.
async function bootId(): Promise<string> {
  return readFile("/proc/sys/kernel/random/boot_id", "utf8").then(
    (id) => id.trim().slice(0, 8),
    () => "",
  );
}

async function ps(pid: number, column: string): Promise<string | undefined> {
  try {
    const { stdout } = await run("ps", ["-o", column, "-p", String(pid)]);
    return stdout.trim().replaceAll(/\s+/g, "_") || undefined;
  } catch {
    return undefined;
  }
}
