import type { Logger } from "pino";
import { pacing } from "../wake/pace.ts";
import { createWaker } from "../wake/waker.ts";
import type { Backend } from "./backend.ts";
import { openDeliveryQueues } from "./delivery-queues.ts";
import { connectPostgresBackend } from "./postgres-backend.ts";
import type { Consumer, Queues } from "./queues.ts";
import { connectRedisBackend } from "./redis-backend.ts";
import { openWakeQueue } from "./wake-queue.ts";

export interface QueuesOptions {
  /** Where the queues live unless `redisUrl` is given; `migrateQueues` has prepared it. */
  readonly databaseUrl: string;
  readonly redisUrl?: string | undefined;
  readonly log: Logger;
  /** Leads every key in Redis. Installations that share a server need different ones. */
  readonly prefix?: string;
  /** Wakes a busy shard less often. Turn it off where time is moved by hand. */
  readonly pace?: boolean;
}

/** Opens the queues in Redis when its URL is given, else in Postgres. */
export async function connectQueues(options: QueuesOptions): Promise<Queues> {
  const backend = await connectBackend(options);
  const wakes = openWakeQueue(backend, options.log);
  const deliveries = openDeliveryQueues(backend, options.log);
  const waker = createWaker({
    send: (list) => wakes.send(list),
    isUp: () => backend.isUp(),
    pacing: options.pace === false ? undefined : pacing,
    onDropped: (count, error) => options.log.debug({ count, err: error }, "wakes left to the clock"),
  });
  const consumers = new Set<Consumer>();
  const opened = (consumer: Consumer): Consumer => {
    consumers.add(consumer);
    return consumer;
  };
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await waker.close();
    // Whoever opened a consumer has closed it by now, with the grace it needs.
    await Promise.all([...consumers].map((consumer) => consumer.close(0)));
    await Promise.all([wakes.close(), deliveries.close()]);
    await backend.close();
  };
  return {
    backend: backend.name,
    wake: (workspaceId, shards) => waker.wake(workspaceId, shards),
    wakeNow: (workspaceId, shards) => waker.wakeNow(workspaceId, shards),
    forceWake: (workspaceId, shard) => wakes.force({ workspaceId, shard }),
    dispatch: (target, ids, round = 0) => deliveries.dispatch(target, ids, round),
    room: (target) => deliveries.room(target),
    consumeWakes: (handler, consume) => opened(wakes.consume(handler, consume)),
    consumeDeliveries: (target, handler, consume) => opened(deliveries.consume(target, { handler, options: consume })),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function connectBackend({ databaseUrl, redisUrl, log, prefix }: QueuesOptions): Promise<Backend> {
  if (redisUrl === undefined) return connectPostgresBackend(databaseUrl, log);
  return connectRedisBackend({ url: redisUrl, prefix: prefix ?? "{wend}", log });
}
