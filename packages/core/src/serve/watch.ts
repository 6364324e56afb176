/** Somebody who waits for news, and does not miss what comes while they look at the last. */
export interface Watch {
  ring(): void;
  /** Resolves once it was rung since the last time, after `ms` at the latest, or when the signal aborts. */
  next(ms: number, signal: AbortSignal): Promise<void>;
}

export function createWatch(): Watch {
  let rung = false;
  let wake = (): void => {};
  const sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms).unref();
    const end = (): void => resolve();
    signal.addEventListener("abort", end, { once: true });
    wake = resolve;
    await promise;
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  };
  return {
    ring: () => {
      rung = true;
      wake();
    },
    next: async (ms, signal) => {
      if (!rung && !signal.aborted) await sleep(ms, signal);
      rung = false;
    },
  };
}
