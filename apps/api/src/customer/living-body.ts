import type { Life } from "./life.ts";

/**
 * A body that ends with its request's life, and ends it when it is through. `broken` is told of one that fails half way:
 * its headers are sent, so that only the connection can say so.
 */
export function livingBody(
  body: ReadableStream<Uint8Array>,
  life: Life,
  broken: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const stop = (): void => void reader.cancel().catch(() => {});
  life.signal.addEventListener("abort", stop, { once: true });
  if (life.signal.aborted) stop();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await reader.read().catch((error) => {
        broken(error);
        return { done: true, value: undefined };
      });
      if (!done) return controller.enqueue(value!);
      controller.close();
      life.end();
    },
    cancel: () => life.end(),
  });
}
