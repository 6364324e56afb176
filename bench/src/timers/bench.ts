import { setTimeout as sleep } from "node:timers/promises";
import { readOptions } from "../options.ts";
import { median, report, round } from "../report.ts";
import { startChild } from "../shared/child.ts";
import { openRedis } from "../shared/redis.ts";
import { setUpTenant } from "../shared/tenant.ts";
import type { World } from "../world.ts";
import { createWorld } from "../world.ts";
import { expectEnded, looksDue, makeDue, signUp, standing } from "./fill.ts";
import { patience } from "./journey.ts";

/** Customers that sign up in one go: few enough for an inbox of usual size. */
const chunk = 50_000;
/** The first ones make every key that the queues ever have. */
const first = 1_000;
/** Until then all of a round's timers are moved. */
const leadMs = 20_000;

/**
 * `bench timers [--parked 1000000] [--due 100000] [--rounds 3]`: what Redis holds for a million runs that a real worker
 * parked, then how fast it wakes those that are due at one instant. Without REDIS_URL the queues are in Postgres.
 */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args, { parked: 1_000_000, due: 100_000, rounds: 3, profile: undefined });
  const { parked: total, due, rounds: count, profile } = options;
  const world = await createWorld();
  const redis = await openRedis();
  try {
    await setUpTenant(world, { connections: [], journeys: { patience } });
    const worker = await startChild<undefined>(
      new URL("../shared/worker-process.ts", import.meta.url),
      { databaseUrl: world.url, redis: redis && { url: redis.url, prefix: redis.prefix } },
      { profile },
    );
    try {
      await park(world, 0, first);
      const before = await redis?.keyBytes();
      const started = performance.now();
      for (let from = first; from < total; from += chunk) await park(world, from, Math.min(total, from + chunk));
      const parkedPerS = (total - first) / ((performance.now() - started) / 1_000);
      const redisBytes = redis && before !== undefined ? (await redis.keyBytes()) - before : undefined;
      const rounds: Woken[] = [];
      for (let i = 0; i < count; i++) {
        rounds.push(await wake(world, due));
        await expectEnded(world, (i + 1) * due, total - (i + 1) * due);
      }
      print({ total, due, redisBytes, parkedPerS }, rounds);
    } finally {
      await worker.stop();
    }
  } finally {
    await redis?.close();
    await world.close();
  }
}

// The inbox is filled past the API; the worker finds it by its clock and does all the rest itself.
async function park(world: World, from: number, to: number): Promise<void> {
  await signUp(world, from, to);
  for (;;) {
    const { parked, waiting } = await standing(world);
    if (parked === to && waiting === 0) return;
    await sleep(100);
  }
}

interface Woken {
  readonly perSecond: number;
  readonly worstLateMs: number;
}

async function wake(world: World, count: number): Promise<Woken> {
  const due = await makeDue(world, count, leadMs);
  await world.owner.query("checkpoint");
  const { now } = await looksDue(world, due);
  if (now >= due - 2_000) throw new Error("moving the timers took until they were due");
  await sleep(due - now);
  for (;;) {
    const { left, now: at } = await looksDue(world, due);
    if (!left) return { perSecond: count / ((at - due) / 1_000), worstLateMs: at - due };
    await sleep(10);
  }
}

interface Parked {
  readonly total: number;
  readonly due: number;
  /** Undefined when the queues are not in Redis. */
  readonly redisBytes: number | undefined;
  readonly parkedPerS: number;
}

function print({ total, due, redisBytes, parkedPerS }: Parked, rounds: readonly Woken[]): void {
  const inRedis = redisBytes !== undefined;
  if (!inRedis) console.error("redis_bytes not measured: REDIS_URL is not set");
  report(
    {
      bench: "timers",
      backend: inRedis ? "redis" : "postgres",
      parked: total,
      parked_per_s: round(parkedPerS),
      ...(inRedis && { redis_bytes: redisBytes }),
      due,
      woken_per_s: round(median(rounds.map((woken) => woken.perSecond))),
      worst_late_ms: round(Math.max(...rounds.map((woken) => woken.worstLateMs))),
    },
    [...(inRedis ? [{ field: "redis_bytes", atMost: 0 }] : []), { field: "woken_per_s", atLeast: 20_000 }],
  );
}
