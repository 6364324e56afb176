import { setTimeout as sleep } from "node:timers/promises";
import { readOptions } from "../options.ts";
import { median, report, round } from "../report.ts";
import type { Child } from "../shared/child.ts";
import { startChild } from "../shared/child.ts";
import { cpuMsOf } from "../shared/cpu.ts";
import { openRedis } from "../shared/redis.ts";
import type { SpentPerUnit } from "../shared/spending.ts";
import { perUnit } from "../shared/spending.ts";
import type { Stage } from "../shared/stage.ts";
import { openStage } from "../shared/stage.ts";
import { setUpTenant } from "../shared/tenant.ts";
import type { World } from "../world.ts";
import { createWorld } from "../world.ts";
import { welcome } from "./journey.ts";
import type { Counts, LoadPlan } from "./outside-process.ts";

interface Mode {
  readonly name: "batch" | "single";
  readonly batch: number;
  readonly connections: number;
  /** Whether the thresholds hold for it. */
  readonly demanded: boolean;
}

// A product's backend sends through an SDK, and SDKs send batches. The other line is for senders that do not.
const modes: readonly Mode[] = [
  { name: "batch", batch: 100, connections: 4, demanded: true },
  { name: "single", batch: 1, connections: 256, demanded: false },
];

/** The endpoint counts a key once for as long as it runs. */
const keyWindowMs = 3_600_000;

const demands = [
  { field: "users_per_s", atLeast: 3_000 },
  { field: "cpu_ms_per_user", atMost: 0.6 },
  { field: "statements_per_user", atMost: 0.3 },
];

/**
 * `bench webhook [--seconds 8] [--rounds 3] [--window 8000] [--profile dir]`: users per second from their first event
 * through a split to a webhook received by a local endpoint, at a steady number of users under way, with the CPU time
 * and the SQL statements that all of Wend takes for one: API, workers, Postgres and Redis.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { window, profile, ...options } = readOptions(args, {
    seconds: 8,
    rounds: 3,
    window: 8_000,
    profile: undefined,
  });
  const world = await createWorld();
  const redis = await openRedis();
  const outside = await startChild<{ port: number }>(new URL("./outside-process.ts", import.meta.url), undefined);
  const { authorization } = await setUpTenant(world, {
    connections: [
      { key: "crm", plugin: "webhook", config: { url: sinkUrl(outside.ready.port), keyWindowMs }, concurrency: 200 },
    ],
    journeys: { welcome },
  });
  const stage = await openStage(world, { redis, profile });
  const measuring: Measuring = { world, stage, outside, seconds: options.seconds };
  try {
    for (const mode of modes) {
      const { batch, connections } = mode;
      const plan: LoadPlan = { port: stage.apiPort, authorization, batch, connections, window };
      await outside.ask("load", plan);
      await warmUp(measuring, 2 * window);
      const rounds: Round[] = [];
      for (let i = 0; i < options.rounds; i++) rounds.push(await measure(measuring));
      await outside.ask("halt");
      await quiet(measuring);
      print(mode, stage.backend, rounds);
    }
  } finally {
    await stage.close();
    await outside.stop();
    await redis?.close();
    await world.close();
  }
}

const sinkUrl = (port: number): string => `http://127.0.0.1:${port}`;

interface Measuring {
  readonly world: World;
  readonly stage: Stage;
  readonly outside: Child<{ port: number }>;
  readonly seconds: number;
}

const countOf = (outside: Measuring["outside"]): Promise<Counts> => outside.ask<Counts>("counts");

// Until everything is compiled, the pools are full and the pacing has settled.
async function warmUp({ outside }: Measuring, users: number): Promise<void> {
  const { received } = await countOf(outside);
  await sleep(3_000);
  while ((await countOf(outside)).received - received < users) await sleep(100);
}

/** What a while of steady load showed. */
interface Round {
  readonly usersPerS: number;
  readonly spent: SpentPerUnit;
  /** CPU time per user of the senders and the endpoint, which is no part of the figure. */
  readonly outsideMs: number;
}

async function measure({ stage, outside, seconds }: Measuring): Promise<Round> {
  const read = async () => ({
    users: (await countOf(outside)).received,
    atMs: performance.now(),
    spent: await stage.spending.read(),
    outsideMs: await cpuMsOf(outside.pid),
  });
  const before = await read();
  await sleep(seconds * 1_000);
  const after = await read();
  const users = after.users - before.users;
  return {
    usersPerS: users / ((after.atMs - before.atMs) / 1_000),
    spent: perUnit(before.spent, after.spent, users),
    outsideMs: (after.outsideMs - before.outsideMs) / users,
  };
}

/** Waits until all is done, and throws unless everybody who signed up ended and was called for once. */
async function quiet({ world, outside }: Measuring): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const { sent, received, repeated } = await countOf(outside);
    const { rows } = await world.owner.query<{ ended: number; accepted: number; waiting: number }>(
      `select (select count(*)::int from runs where status = 'ended') as ended,
         (select count(*)::int from deliveries where state = 'accepted') as accepted,
         (select count(*)::int from inbox) as waiting`,
    );
    const { ended, accepted, waiting } = rows[0]!;
    if (sent === received && sent === ended && sent === accepted && waiting === 0 && repeated === 0) return;
    if (performance.now() > deadline) {
      throw new Error(
        `of ${sent} users ${ended} ended, ${accepted} calls accepted, ${received} received, ${repeated} twice`,
      );
    }
    await sleep(500);
  }
}

function print({ name, batch, demanded }: Mode, backend: Stage["backend"], rounds: readonly Round[]): void {
  const of = (digits: number, figure: (one: Round) => number) => round(median(rounds.map(figure)), digits);
  report(
    {
      bench: "webhook",
      requests: name,
      batch,
      backend,
      users_per_s: of(0, (one) => one.usersPerS),
      cpu_ms_per_user: of(3, (one) => one.spent.totalMs),
      statements_per_user: of(3, (one) => one.spent.statements),
      api_cpu_ms: of(3, (one) => one.spent.cpuMs.api),
      worker_cpu_ms: of(3, (one) => one.spent.cpuMs.worker),
      postgres_cpu_ms: of(3, (one) => one.spent.cpuMs.postgres),
      redis_cpu_ms: of(3, (one) => one.spent.cpuMs.redis),
      outside_cpu_ms: of(3, (one) => one.outsideMs),
    },
    demanded ? demands : [],
  );
}
