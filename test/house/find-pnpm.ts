import { execFileSync } from "node:child_process";

/** A command and the arguments that come before its own. */
export type Command = readonly [file: string, ...args: string[]];

/** The pnpm that runs the tests, else the one on the PATH. */
export function findPnpm({ npm_execpath: running = "" }: NodeJS.ProcessEnv): Command | undefined {
  if (/\bpnpm[^/\\]*$/.test(running)) return /\.[cm]?js$/.test(running) ? [process.execPath, running] : [running];
  try {
    execFileSync("pnpm", ["--version"], { stdio: "ignore" });
    return ["pnpm"];
  } catch {
    return undefined;
  }
}
