import type { Queues, WakeHandler } from "@wend/core";
import type { Part } from "./part.ts";

/** Advances the shards that are woken. */
export function startAdvance(queues: Queues, handler: WakeHandler, concurrency: number): Part {
  const consumer = queues.consumeWakes(handler, { concurrency });
  return {
    name: "advance",
    consumers: () => [["wakes", consumer]],
    close: (graceMs) => consumer.close(graceMs),
  };
}
