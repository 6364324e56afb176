import { setTimeout as sleep } from "node:timers/promises";
import { readOptions } from "../options.ts";
import type { Demand } from "../report.ts";
import { report, round } from "../report.ts";
import type { Child } from "../shared/child.ts";
import { startChild } from "../shared/child.ts";
import type { Call } from "../shared/recorder-plugin.ts";
import type { RedisCorner } from "../shared/redis.ts";
import { openRedis } from "../shared/redis.ts";
import type { SpentPerUnit } from "../shared/spending.ts";
import { perUnit } from "../shared/spending.ts";
import { openStage } from "../shared/stage.ts";
import { setUpTenant } from "../shared/tenant.ts";
import type { World } from "../world.ts";
import { createWorld } from "../world.ts";
import { echo } from "./journey.ts";
import type { SendPlan, Sent } from "./sender-process.ts";

const perSecond = 200;

const demands: Readonly<Record<"postgres" | "redis", readonly Demand[]>> = {
  postgres: [{ field: "p99_ms", atMost: 150 }],
  redis: [
    { field: "p50_ms", atMost: 10 },
    { field: "p99_ms", atMost: 50 },
  ],
};

/**
 * `bench latency [--seconds 20]`: from the answer to an event until a plugin is called because of it, at 200 events/s
 * sent one by one, on both queue backends; on Redis only when REDIS_URL is set.
 */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args, { seconds: 20, profile: undefined });
  const world = await createWorld();
  const redis = await openRedis();
  try {
    const { authorization } = await setUpTenant(world, {
      connections: [{ key: "recorder", plugin: "recorder", config: {} }],
      journeys: { echo },
    });
    const measuring = { world, authorization, ...options };
    print("postgres", await measure({ ...measuring, redis: undefined }));
    if (redis) print("redis", await measure({ ...measuring, redis }));
    else console.error("latency on redis not measured: REDIS_URL is not set");
  } finally {
    await redis?.close();
    await world.close();
  }
}

interface Measuring {
  readonly world: World;
  readonly redis: RedisCorner | undefined;
  readonly authorization: string;
  readonly seconds: number;
  readonly profile: string | undefined;
}

async function measure({ world, redis, authorization, seconds, profile }: Measuring): Promise<Measured> {
  const stage = await openStage(world, { redis, profile });
  const { backend, worker } = stage;
  const sender = await startChild<undefined>(new URL("./sender-process.ts", import.meta.url), undefined);
  const send = (name: string, howLong: number) => {
    const sending = { port: stage.apiPort, authorization, perSecond, seconds: howLong };
    return sender.ask<Sent[]>("send", { ...sending, sender: `${backend}-${name}` } satisfies SendPlan);
  };
  try {
    // Until everything is compiled and the customers are known.
    await callsOf(worker, await send("warm", 5));
    const before = await stage.spending.read();
    const sent = await send("measured", seconds);
    const calls = await callsOf(worker, sent);
    const spent = perUnit(before, await stage.spending.read(), sent.length);
    return { ...latencies(sent, calls), spent };
  } finally {
    await Promise.all([stage.close(), sender.stop()]);
  }
}

/** When the plugin was called for each event; throws unless it was called once for each. */
async function callsOf(worker: Child<undefined>, sent: readonly Sent[]): Promise<Map<string, number>> {
  const calls = new Map<string, number>();
  const deadline = performance.now() + 30_000;
  for (;;) {
    for (const { event, atMs } of await worker.ask<readonly Call[]>("takeCalls")) {
      if (calls.has(event)) throw new Error(`the plugin was called twice for ${event}`);
      calls.set(event, atMs);
    }
    if (sent.every(({ event }) => calls.has(event))) return calls;
    if (performance.now() > deadline) throw new Error(`${sent.length} events, but only ${calls.size} calls`);
    await sleep(100);
  }
}

interface Measured extends Latencies {
  readonly spent: SpentPerUnit;
}

interface Latencies {
  readonly events: number;
  /** From the answer, ascending. */
  readonly fromAccepted: readonly number[];
  /** From the request, ascending. */
  readonly fromSent: readonly number[];
}

function latencies(sent: readonly Sent[], calls: ReadonlyMap<string, number>): Latencies {
  const ascending = (from: (one: Sent) => number) =>
    sent.map((one) => calls.get(one.event)! - from(one)).toSorted((a, b) => a - b);
  return {
    events: sent.length,
    fromAccepted: ascending(({ acceptedMs }) => acceptedMs),
    fromSent: ascending(({ sentMs }) => sentMs),
  };
}

const percentile = (ascending: readonly number[], share: number): number =>
  round(ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))]!, 1);

function print(backend: "postgres" | "redis", { events, fromAccepted, fromSent, spent }: Measured): void {
  report(
    {
      bench: "latency",
      backend,
      events_per_s: perSecond,
      events,
      p50_ms: percentile(fromAccepted, 0.5),
      p99_ms: percentile(fromAccepted, 0.99),
      max_ms: percentile(fromAccepted, 1),
      from_request_p50_ms: percentile(fromSent, 0.5),
      from_request_p99_ms: percentile(fromSent, 0.99),
      cpu_ms_per_event: round(spent.totalMs, 3),
      statements_per_event: round(spent.statements, 1),
      api_cpu_ms: round(spent.cpuMs.api, 3),
      worker_cpu_ms: round(spent.cpuMs.worker, 3),
      postgres_cpu_ms: round(spent.cpuMs.postgres, 3),
      redis_cpu_ms: round(spent.cpuMs.redis, 3),
    },
    demands[backend],
  );
}
