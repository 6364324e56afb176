import type { Call } from "./call.ts";
import { readEvents } from "./read-events.ts";

/** An event of the customer's stream; `ready` whenever it is connected, and nothing before it is missing. */
export interface PageEvent {
  readonly event: string;
  readonly data: string;
  readonly id: string | undefined;
}

/** One connection for all that a page listens to: it is opened by the first listener and closed with the last. */
export interface Stream {
  /** Returns what ends it. */
  listen(listener: (event: PageEvent) => void): () => void;
  close(): void;
}

const firstPauseMs = 250;
const longestPauseMs = 30_000;
/** The server says something every 15 seconds: whoever hears nothing for longer is not connected any more. */
const silentMs = 40_000;

export function createStream(call: Call): Stream {
  const listeners = new Set<(event: PageEvent) => void>();
  let running: AbortController | undefined;
  const close = (): void => {
    listeners.clear();
    running?.abort();
    running = undefined;
  };
  return {
    listen: (listener) => {
      listeners.add(listener);
      if (!running) {
        running = new AbortController();
        void run(call, running.signal, (event) => {
          for (const each of listeners) each(event);
        });
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) close();
      };
    },
    close,
  };
}

/** Connects again and again, after pauses that grow while nothing is heard. */
async function run(call: Call, signal: AbortSignal, tell: (event: PageEvent) => void): Promise<void> {
  let lastId: string | undefined;
  let pauseMs = firstPauseMs;
  while (!signal.aborted) {
    const watch = watchSilence(signal);
    try {
      const headers: Record<string, string> = lastId === undefined ? {} : { "last-event-id": lastId };
      const { body } = await call("/stream", { headers, signal: watch.signal });
      for await (const event of readEvents(body!, watch.heard)) {
        lastId = event.id ?? lastId;
        pauseMs = firstPauseMs;
        tell(event);
      }
    } catch {
      // It was lost, or there was none: both are tried again.
    }
    watch.end();
    await pause(pauseMs * (1 + Math.random() / 2), signal);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}

function watchSilence(outer: AbortSignal) {
  const inner = new AbortController();
  const abort = (): void => inner.abort();
  let timer = setTimeout(abort, silentMs);
  outer.addEventListener("abort", abort, { once: true });
  return {
    signal: inner.signal,
    heard: (): void => {
      clearTimeout(timer);
      timer = setTimeout(abort, silentMs);
    },
    end: (): void => {
      clearTimeout(timer);
      outer.removeEventListener("abort", abort);
      abort();
    },
  };
}

const page = globalThis as Partial<Pick<EventTarget, "addEventListener" | "removeEventListener">>;

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      page.removeEventListener?.("online", end);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    // Who comes back to a network need not wait for the pause to end.
    page.addEventListener?.("online", end);
    signal.addEventListener("abort", end, { once: true });
  });
}
