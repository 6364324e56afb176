import type { StreamEvent } from "./stream-event.ts";
import { writeEvent } from "./stream-event.ts";

/** Proxies cut what is silent for half a minute, and a browser cannot tell silence from a lost connection. */
const heartbeatMs = 15_000;
/** How soon an EventSource connects again. */
const retry = "retry: 1000\n\n";

/** Writes events as they come, and a comment where none does. It ends when they end, or fail: the browser comes back. */
export function eventStream(events: AsyncIterable<StreamEvent>, signal: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let beat: NodeJS.Timeout | undefined;
  return new ReadableStream({
    start: (controller) => {
      const write = (text: string): void => {
        if (!signal.aborted) controller.enqueue(encoder.encode(text));
      };
      const end = (): void => {
        clearInterval(beat);
        try {
          controller.close();
        } catch {
          // Its reader has gone already.
        }
      };
      write(retry);
      beat = setInterval(() => write(": \n\n"), heartbeatMs).unref();
      void pump(events, write).then(end, end);
    },
    cancel: () => clearInterval(beat),
  });
}

async function pump(events: AsyncIterable<StreamEvent>, write: (text: string) => void): Promise<void> {
  for await (const event of events) write(writeEvent(event));
}
