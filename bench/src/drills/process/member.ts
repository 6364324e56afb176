import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Answer, Question } from "../../shared/child.ts";

/** A process of a drill. Unlike one of a bench it may be stopped or killed at any moment. */
export interface Member<Ready = unknown> {
  readonly pid: number;
  /** What it said once it was up. */
  readonly ready: Ready;
  /** Resolves with its signal or its exit code when it has ended. */
  readonly gone: Promise<NodeJS.Signals | number>;
  isUp(): boolean;
  /** Rejects when the process ends before it answers. */
  ask<T>(question: string, input?: unknown): Promise<T>;
  signal(name: NodeJS.Signals): void;
  /** Ends it in good order, and after twenty seconds by force. */
  stop(): Promise<void>;
}

const stopMs = 20_000;

/** Starts a module that calls `runChild`, hands it its setup, and waits until it is up. */
export async function startMember<Ready>(module: URL, setup: unknown): Promise<Member<Ready>> {
  const child = fork(new URL("./entry.ts", import.meta.url), [module.href], {
    execArgv: ["--conditions=@wend/source"],
    serialization: "advanced",
  });
  const gone = new Promise<NodeJS.Signals | number>((resolve) => {
    child.on("exit", (code, signal) => resolve(signal ?? code ?? 0));
  });
  const isUp = (): boolean => child.connected && child.exitCode === null && child.signalCode === null;
  const ask = openAsk(child);
  const signal = (name: NodeJS.Signals): void => void child.kill(name);
  const stop = async (): Promise<void> => {
    if (isUp()) {
      signal("SIGCONT");
      // Whoever dies while it is asked to stop has stopped too.
      ask("stop").catch(() => {});
      await Promise.race([gone, sleep(stopMs, undefined, { ref: false })]);
    }
    signal("SIGKILL");
    await gone;
  };
  try {
    const ready = await ask<Ready>("start", setup);
    return { pid: child.pid!, ready, gone, isUp, ask, signal, stop };
  } catch (error) {
    signal("SIGKILL");
    throw error;
  }
}

function openAsk(child: ChildProcess): Member["ask"] {
  const open = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  let last = 0;
  const failAll = (reason: string): void => {
    for (const { reject } of open.values()) reject(new Error(`a process of the drill ended: ${reason}`));
    open.clear();
  };
  child.on("message", ({ id, answer, error }: Answer) => {
    const waiting = open.get(id);
    open.delete(id);
    if (error === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(error));
  });
  child.on("exit", (code, signal) => failAll(String(signal ?? code)));
  child.on("error", (error) => failAll(error.message));
  return <T>(question: string, input?: unknown) =>
    new Promise<T>((resolve, reject) => {
      const id = ++last;
      open.set(id, { resolve: resolve as (answer: unknown) => void, reject });
      child.send({ id, question, input } satisfies Question, (error) => {
        if (error) failAll(error.message);
      });
    });
}
