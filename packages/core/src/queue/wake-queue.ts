import type { Logger } from "pino";
import type { Backend, JobData } from "./backend.ts";
import { openConsumer } from "./consumer.ts";
import type { ConsumeOptions, Consumer, Wake, WakeHandler } from "./queues.ts";

/** The queue of all shards of all workspaces. */
export interface WakeQueue {
  send(wakes: readonly Wake[]): Promise<void>;
  force(wake: Wake): Promise<void>;
  consume(handler: WakeHandler, options: ConsumeOptions): Consumer;
  close(): Promise<void>;
}

const name = "wake";

export function openWakeQueue(backend: Backend, log: Logger): WakeQueue {
  const jobs = backend.openQueue(name);
  let forced = 0;
  return {
    send: (wakes) => jobs.add(wakes.map((wake) => ({ data: dataOf(wake), key: keyOf(wake) }))),
    force: async (wake) => {
      // The key of a dead holder would swallow this wake and every later one.
      await jobs.forgetKey(keyOf(wake));
      await jobs.add([{ data: dataOf(wake), key: keyOf(wake), id: `${keyOf(wake)}.${Date.now()}.${forced++}` }]);
    },
    consume: (handler, { concurrency }) => {
      const handle = oneAtATime(handler);
      return openConsumer({ backend, queue: { name, jobs }, concurrency, log, handle });
    },
    close: () => jobs.close(),
  };
}

/**
 * A forced wake may meet its shard under way in this very process: then the one under way goes round once more.
 * Between processes the lock of the shard's row decides.
 */
function oneAtATime(handler: WakeHandler): (data: JobData, signal: AbortSignal) => Promise<void> {
  const again = new Map<string, boolean>();
  return async (data, signal) => {
    const wake = wakeOf(data);
    const key = keyOf(wake);
    if (again.has(key)) {
      again.set(key, true);
      return;
    }
    try {
      do {
        again.set(key, false);
        await handler(wake, signal);
      } while (again.get(key) && !signal.aborted);
    } finally {
      again.delete(key);
    }
  };
}

const keyOf = ({ workspaceId, shard }: Wake): string => `${workspaceId}.${shard}`;
const dataOf = ({ workspaceId, shard }: Wake): JobData => ({ w: workspaceId, s: shard });

function wakeOf(data: JobData): Wake {
  if (!("w" in data)) throw new Error("not a wake");
  return { workspaceId: data.w, shard: data.s };
}
