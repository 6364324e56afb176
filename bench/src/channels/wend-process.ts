import type { Runtime } from "@wend/core";
import { advanceShard, connectRuntime, createAccept, deliverBatch } from "@wend/core";
import pino from "pino";
import { runChild } from "../shared/run-child.ts";
import { loadCase } from "./cases.ts";
import type { Place } from "./channel-case.ts";
import { openCalls } from "./open-calls.ts";
import { orderingOf } from "./ordering.ts";
import type { Cohort, Sent } from "./sending.ts";
import { groupsOf, inLanes, measure, trust } from "./sending.ts";

export interface WendSetup {
  readonly name: string;
  readonly place: Place;
  readonly databaseUrl: string;
  readonly secretKey: Uint8Array;
  readonly workspaceId: number;
  readonly connectionId: string;
}

/** A job of the queue names as many. */
const jobSize = 100;

// What a worker runs for one connection, without the queue before it. The deliveries are planned by the engine itself.
runChild<WendSetup, undefined>(async (setup) => {
  const { name, place, databaseUrl, secretKey, workspaceId, connectionId } = setup;
  const channel = await loadCase(name);
  trust(channel.trusted);
  const connected = await connectRuntime({
    databaseUrl,
    secretKey,
    plugins: [channel.plugin],
    allowPrivate: ["127.0.0.0/8"],
    log: pino({ level: "warn" }),
  });
  const waiting = new Set<number>();
  const planned: string[] = [];
  const queues = {
    ...connected.queues,
    wake: (_workspace: number, shards: readonly number[]) => {
      for (const shard of shards) waiting.add(shard);
    },
    dispatch: async (_target: unknown, ids: readonly string[]) => {
      planned.push(...ids);
    },
  };
  const accept = createAccept({ store: connected.store, queues, log: connected.log });
  const runtime: Runtime = { ...connected, queues, accept };

  /** Lets the customers order, and leaves their deliveries as a worker finds them. */
  const plan = async (cohort: Cohort): Promise<number> => {
    for (const customers of groupsOf(cohort, 500)) {
      await accept.events(
        workspaceId,
        customers.flatMap((customer) => orderingOf(channel, place, customer)),
      );
    }
    for (const shard of waiting) {
      waiting.delete(shard);
      await advanceShard(runtime, { workspaceId, shard });
    }
    return planned.length;
  };
  const deliver = async (): Promise<Sent> => {
    const ids = planned.splice(0);
    const jobs = Array.from({ length: Math.ceil(ids.length / jobSize) }, (_, i) =>
      ids.slice(i * jobSize, (i + 1) * jobSize),
    );
    let accepted = 0;
    const sent = await measure(() =>
      Promise.all(
        jobs.map(async (job) => {
          const { states } = await deliverBatch(runtime, { workspaceId, connectionId }, job);
          accepted += states.accepted ?? 0;
        }),
      ),
    );
    if (accepted !== ids.length) throw new Error(`of ${ids.length} deliveries ${accepted} were accepted`);
    return sent;
  };
  const calls = openCalls(channel, place, await connected.connections.open({ workspaceId, connectionId }));
  const call = (cohort: Cohort): Promise<Sent> =>
    measure(() => inLanes(groupsOf(cohort, calls.size), place.concurrency, calls.make));
  return { ready: undefined, answers: { plan, deliver, call }, stop: () => connected.close() };
});
