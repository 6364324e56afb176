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
// It has its own session, so a Ctrl-C reaches us and not the server, and we stop it after our own connections. Asked
// more than once: a shell starts background programs deaf to SIGINT, and the server is so until it has its own handler.
const keeper = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
(read _ <&3; while kill -INT $server 2>/dev/null; do sleep 0.2; done) &
watcher=$!
wait $server
status=$?
kill $watcher 2>/dev/null
exit $status`;

export async function startServer(options: ServerOptions): Promise<Server> {
  await stopLeftover(options.folder);
  const before = await pidFile(options.folder);
  const log = await open(options.logFile, "w", 0o600);
  const child = spawn("/bin/sh", ["-c", keeper, "wend-postgres", options.postgres, ...serverArguments(options)], {
    ...as(options.account),
    cwd: "/",
    detached: true,
    stdio: ["pipe", log.fd, log.fd],
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
  });
  const state = { over: false };
  const ended = once(child, "exit").then(
    () => over(state),
    () => over(state),
  );
  await log.close();
  child.stdin?.on("error", () => {});
  const pid = await ready(options, before, state);
  return { pid, ended, stop: () => stop(child, ended) };
}

function over(state: { over: boolean }): void {
  state.over = true;
}

function serverArguments({ folder, port, settings }: ServerOptions): string[] {
  return ["-D", folder, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.stdin?.end();
  await ended;
}

// The server writes its state into the eighth line of its pid file. One that was killed has left its own.
async function ready(options: ServerOptions, before: string[], state: { over: boolean }): Promise<number> {
  for (;;) {
    if (state.over) throw await failed(options.logFile);
    const lines = await pidFile(options.folder);
    if (lines[7]?.trim() === "ready" && lines.join() !== before.join()) return Number(lines[0]);
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
