import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { WendError } from "@wend/plugin";
import type { Account } from "./account.ts";
import { as } from "./account.ts";
import { commandOf } from "./process.ts";

export interface Server {
  readonly pid: number;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly postgres: string;
  readonly folder: string;
  readonly port: number;
  readonly logFile: string;
  readonly account: Account | undefined;
  /** More settings, `name=value`. */
  readonly settings: readonly string[];
}

// The server hangs on a pipe: when our end closes (stop, exit, SIGKILL), the shell ends it with a fast shutdown.
// It has its own session, so a Ctrl-C reaches us and not the server, and we stop it after our own connections.
const keeper = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
(read _ <&3; kill -INT $server) &
watcher=$!
wait $server
status=$?
kill $watcher 2>/dev/null
exit $status`;

export async function startServer(options: ServerOptions): Promise<Server> {
  await stopLeftover(options.folder);
  const log = await open(options.logFile, "w", 0o600);
  const child = spawn("/bin/sh", ["-c", keeper, "wend-postgres", options.postgres, ...serverArguments(options)], {
    ...as(options.account),
    cwd: "/",
    detached: true,
    stdio: ["pipe", log.fd, log.fd],
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
  });
  const ended = once(child, "exit").then(() => {});
  await log.close();
  child.stdin?.on("error", () => {});
  const pid = await ready(child, options);
  return { pid, ended, stop: () => stop(child, ended) };
}

function serverArguments({ folder, port, settings }: ServerOptions): string[] {
  return ["-D", folder, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.stdin?.end();
  await ended;
}

// The server writes its state into the eighth line of its pid file.
async function ready(child: ChildProcess, options: ServerOptions): Promise<number> {
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw await failed(options.logFile);
    const lines = await pidFile(options.folder);
    if (lines[7]?.trim() === "ready") return Number(lines[0]);
    await sleep(10);
  }
}

async function failed(logFile: string): Promise<WendError> {
  const lines = (await readFile(logFile, "utf8").catch(() => "")).trim().split("\n");
  const reason = lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? "";
  return new WendError("store.embedded_failed", { detail: `${reason} (log: ${logFile})` });
}

async function pidFile(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, "postmaster.pid"), "utf8").catch(() => "");
  return text.split("\n");
}

// A server whose keeper was killed together with us. We hold the folder's lock, so nobody else wants it.
async function stopLeftover(folder: string): Promise<void> {
  const pid = Number((await pidFile(folder))[0]);
  if (!pid || !(await isServer(pid, folder))) return;
  process.kill(pid, "SIGINT");
  while (await isServer(pid, folder)) await sleep(20);
}

async function isServer(pid: number, folder: string): Promise<boolean> {
  const command = await commandOf(pid);
  return command?.includes("postgres") === true && command.includes(folder);
}
