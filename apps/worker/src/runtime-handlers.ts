import type { Runtime } from "@wend/core";
import { advanceShard, deliverBatch, matchParked, runPolls } from "@wend/core";
import type { WorkerHandlers } from "./worker.ts";

/** What each role does, on one runtime. */
export function runtimeHandlers(runtime: Runtime): Required<WorkerHandlers> {
  return {
    advance: (wake) => advanceShard(runtime, wake),
    deliver: (target, ids, signal) => deliverBatch(runtime, { ...target, signal }, ids),
    poll: (channels) => runPolls(runtime, { channels }),
    matchParked: () => matchParked(runtime),
  };
}
