import { Worker } from "node:worker_threads";
import { WendError } from "@wend/plugin";
import { mjmlLimits } from "./mjml-limits.ts";
import type { Composed } from "./worker.ts";

const source = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
let current: Promise<Worker> | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * Has a thread make HTML of a document, one after the other. MJML works without a pause and cannot be told to stop, so
 * it does so where it can be ended: what takes too long or too much memory costs its thread, and nobody else.
 */
export function composeInThread(text: string): Promise<Composed> {
  const turn = last.then(() => compose(text));
  last = turn.catch(() => undefined);
  return turn;
}

async function compose(text: string): Promise<Composed> {
  current ??= startThread();
  const worker = await current.catch(giveUp);
  try {
    return await answerOf(worker, text);
  } catch (error) {
    void worker.terminate();
    current = startThread();
    current.catch(() => undefined);
    throw error;
  }
}

function giveUp(cause: unknown): never {
  current = undefined;
  throw new WendError("internal.unexpected", { detail: "The thread for MJML did not start.", cause });
}

function startThread(): Promise<Worker> {
  const worker = new Worker(new URL(source, import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: mjmlLimits.heapMb },
    // Nothing of the process reaches it: no variables, and no flags, some of which a thread does not start with.
    env: {},
    execArgv: [],
  });
  // A process that is done does not wait for it.
  worker.unref();
  // Ended by force, it may say so once nobody listens any more.
  worker.on("error", () => undefined);
  return heard<string>(worker).then(() => worker);
}

function answerOf(worker: Worker, text: string): Promise<Composed> {
  const answer = heard<Composed>(worker, mjmlLimits.composeMs);
  worker.postMessage(text);
  return answer;
}

function heard<Message>(worker: Worker, limitMs?: number): Promise<Message> {
  const { promise, resolve, reject } = Promise.withResolvers<Message>();
  const tooLong = () => reject(failed(`MJML took longer than ${limitMs} ms`));
  const timer = limitMs === undefined ? undefined : setTimeout(tooLong, limitMs);
  const onError = (cause: unknown) => reject(failed("MJML needed too much memory, or failed", cause));
  worker.ref();
  worker.once("message", resolve).once("error", onError);
  return promise.finally(() => {
    clearTimeout(timer);
    worker.off("message", resolve).off("error", onError).unref();
  });
}

const failed = (detail: string, cause?: unknown) => new WendError("content.render_failed", { detail, cause });
