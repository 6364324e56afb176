import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

const main = resolve(import.meta.dirname, "../src/main.ts");

export interface Wend {
  readonly child: ChildProcess;
  /** All that it printed so far, both streams. */
  output(): string;
  /** Resolves with the match once the output holds the pattern; rejects when the process ends without it. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  /** The exit code. */
  ended: Promise<number | null>;
}

/** Runs the `wend` command as its user would, without servers unless `env` names them. */
export const spawnWend = (args: readonly string[], env?: Readonly<Record<string, string>>): Wend =>
  spawnNode([main, ...args], env);

/** Runs a process of Wend, of whichever app. */
export function spawnNode(args: readonly string[], env: Readonly<Record<string, string>> = {}): Wend {
  const child = spawn(process.execPath, ["--conditions=@wend/source", ...args], {
    env: { ...process.env, DATABASE_URL: "", REDIS_URL: "", WEND_LOG_LEVEL: "warn", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const listeners = new Set<() => void>();
  const onData = (chunk: Buffer) => {
    text += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout?.on("data", onData);
  child.stderr?.on("data", onData);
  const ended = once(child, "close").then(([code]) => code as number | null);
  return {
    child,
    output: () => text,
    ended,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(text);
          if (!match) return;
          listeners.delete(look);
          resolve(match);
        };
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`ended without ${pattern}:\n${text}`)));
      }),
  };
}
