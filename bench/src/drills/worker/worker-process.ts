import { advanceShard, connectRuntime, deliverBatch } from "@wend/core";
import type { Plugin } from "@wend/plugin";
import { createWorker, runtimeHandlers } from "@wend/worker";
import pino from "pino";
import { recorder, takeCalls } from "../../shared/recorder-plugin.ts";
import { runChild } from "../../shared/run-child.ts";
import type { Place } from "../stage/place.ts";
import { watchShardLocks } from "./held-shard.ts";
import { drillPlugin } from "./plugin.ts";
import type { Strike } from "./strike.ts";
import { createTarget } from "./strike.ts";

export interface WorkerSetup {
  readonly place: Place;
  readonly logLevel: string;
}

export interface WorkerFigures {
  /** Outcomes that came after another worker's claim and were not written. */
  readonly fenceRejected: number;
}

// A worker as in production, with every role.
runChild<WorkerSetup, undefined>(async ({ place, logLevel }) => {
  const target = createTarget();
  const log = pino({ level: logLevel });
  const runtime = await connectRuntime({
    databaseUrl: place.databaseUrl,
    redisUrl: place.redis?.url,
    queuePrefix: place.redis?.prefix ?? "",
    plugins: [drillPlugin(target) as unknown as Plugin, recorder as unknown as Plugin],
    allowPrivate: ["127.0.0.1"],
    poolSize: 5,
    applicationName: "wend-drill",
    log,
  });
  const watched = { ...runtime, store: watchShardLocks(runtime.store, () => target.reach("batch")) };
  let fenceRejected = 0;
  const worker = createWorker({
    store: runtime.store,
    queues: runtime.queues,
    roles: [],
    handlers: {
      ...runtimeHandlers(runtime),
      advance: (wake) => advanceShard(watched, wake),
      deliver: async (to, ids, signal) => {
        const report = await deliverBatch(runtime, { ...to, signal }, ids);
        fenceRejected += report.fenceRejected;
      },
    },
    log,
    onDeaf: () => process.exit(1),
  });
  return {
    ready: undefined,
    answers: {
      arm: (strike: Strike) => target.arm(strike),
      takeCalls,
      figures: (): WorkerFigures => ({ fenceRejected }),
    },
    stop: async () => {
      await worker.close();
      await runtime.close();
    },
  };
});
