import { WendError } from "@wend/plugin";

/** Runs a plugin's own code for at most so long, then goes on without it: `plugin.timeout`. `signal` aborts first. */
export async function withDeadline<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const { promise: expired, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new WendError("plugin.timeout", { detail: `It had ${ms} ms.` });
    abort.abort(error);
    // A plugin that obeys the signal speaks first.
    setImmediate(reject, error);
  }, ms);
  try {
    return await Promise.race([work(abort.signal), expired]);
  } finally {
    clearTimeout(timer);
  }
}
