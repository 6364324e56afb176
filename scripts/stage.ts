import { spawn } from "node:child_process";
import { delimiter, resolve } from "node:path";

/** One step of the check: its commands run in order, and the first that fails ends it. */
export interface Stage {
  readonly name: string;
  readonly commands: readonly (readonly [command: string, ...args: string[]])[];
}

export interface StageResult {
  readonly ok: boolean;
  readonly seconds: number;
  readonly output: string;
}

const env = {
  ...process.env,
  PATH: `${resolve("node_modules/.bin")}${delimiter}${process.env.PATH}`,
  NO_COLOR: "1",
  TURBO_TELEMETRY_DISABLED: "1",
};

/** Runs a stage and keeps what it printed; `onOutput` sees it while it is printed. */
export async function runStage(stage: Stage, onOutput: (chunk: string) => void): Promise<StageResult> {
  const startedAt = performance.now();
  let output = "";
  const collect = (chunk: string): void => {
    output += chunk;
    onOutput(chunk);
  };
  let ok = true;
  for (const command of stage.commands) {
    ok = await run(command, collect);
    if (!ok) break;
  }
  return { ok, seconds: (performance.now() - startedAt) / 1_000, output };
}

function run([command, ...args]: readonly [string, ...string[]], onOutput: (chunk: string) => void): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.setEncoding("utf8").on("data", onOutput);
    child.stderr.setEncoding("utf8").on("data", onOutput);
    child.on("error", (error) => {
      onOutput(`${command}: ${error.message}\n`);
      done(false);
    });
    child.on("close", (code, signal) => {
      if (signal !== null) onOutput(`${command} was ended by ${signal}\n`);
      done(code === 0);
    });
  });
}
