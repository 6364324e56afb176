import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";

/** A process of its own that takes part in a bench. */
export interface Child<Ready> {
  readonly pid: number;
  /** What it said once it was up. */
  readonly ready: Ready;
  ask<Answer>(question: string, input?: unknown): Promise<Answer>;
  /** Ends it in good order. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  /** A folder for the process's CPU profile. */
  readonly profile?: string | undefined;
}

/** The messages between a bench and its processes. */
export type Question = { readonly id: number; readonly question: string; readonly input: unknown };
export type Answer = { readonly id: number; readonly answer?: unknown; readonly error?: string };

/** Starts a module that calls `runChild`, hands it its setup, and waits until it is up. */
export async function startChild<Ready>(
  module: URL,
  setup: unknown,
  { profile }: ChildOptions = {},
): Promise<Child<Ready>> {
  const profiling = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`];
  const child = fork(module, [], {
    execArgv: ["--conditions=@wend/source", ...profiling],
    serialization: "advanced",
  });
  const ask = openAsk(child);
  const ready = await ask<Ready>("start", setup);
  return {
    pid: child.pid!,
    ready,
    ask,
    stop: async () => {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      await ask("stop");
      await gone;
    },
  };
}

function openAsk(child: ChildProcess): Child<unknown>["ask"] {
  const open = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  let last = 0;
  child.on("message", ({ id, answer, error }: Answer) => {
    const waiting = open.get(id);
    open.delete(id);
    if (error === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(error));
  });
  child.on("exit", (code, signal) => {
    for (const { reject } of open.values()) reject(new Error(`a process of the bench ended: ${signal ?? code}`));
  });
  return <T>(question: string, input?: unknown) =>
    new Promise<T>((resolve, reject) => {
      const id = ++last;
      open.set(id, { resolve: resolve as (answer: unknown) => void, reject });
      child.send({ id, question, input } satisfies Question);
    });
}
