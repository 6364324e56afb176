import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { median, report, round } from "../report.ts";
import type { ApiReady } from "../shared/api-process.ts";
import type { Child } from "../shared/child.ts";
import { startChild } from "../shared/child.ts";
import { cpuMsOf, openServerCpu } from "../shared/cpu.ts";
import { openRedis } from "../shared/redis.ts";
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
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: "string", default: "8" },
      rounds: { type: "string", default: "3" },
      window: { type: "string", default: "8000" },
      workers: { type: "string", default: "" },
      profile: { type: "string" },
    },
  });
  const world = await createWorld();
  const stage = await setUp(world, { profile: values.profile, workers: values.workers });
  try {
    for (const mode of modes) {
      const plan = { ...stage.plan, batch: mode.batch, connections: mode.connections, window: Number(values.window) };
      await stage.outside.ask("load", plan);
      await warmUp(stage, Number(values.window));
      const rounds: Spent[] = [];
      for (let i = 0; i < Number(values.rounds); i++) rounds.push(await measure(stage, Number(values.seconds)));
      await stage.outside.ask("halt");
      await quiet(world, stage);
      print(mode, stage.backend, rounds);
    }
  } finally {
    await stage.close();
    await world.close();
  }
}

interface Stage {
  readonly backend: "postgres" | "redis";
  readonly outside: Child<{ port: number }>;
  readonly plan: Pick<LoadPlan, "port" | "authorization">;
  /** What was spent so far. */
  read(): Promise<Reading>;
  close(): Promise<void>;
}

interface Reading {
  readonly atMs: number;
  readonly users: number;
  readonly statements: number;
  readonly cpuMs: Readonly<Record<Part, number>>;
  readonly outsideMs: number;
}

type Part = "api" | "worker" | "postgres" | "redis";

async function setUp(
  world: World,
  { profile, workers }: { profile: string | undefined; workers: string },
): Promise<Stage> {
  const redis = await openRedis();
  const corner = redis && { url: redis.url, prefix: redis.prefix };
  const outside = await startChild<{ port: number }>(new URL("./outside-process.ts", import.meta.url), undefined);
  const { authorization } = await setUpTenant(world, {
    connections: [
      { key: "crm", plugin: "webhook", config: { url: `http://127.0.0.1:${outside.ready.port}` }, concurrency: 200 },
    ],
    journeys: { welcome },
  });
  const connected = { databaseUrl: world.url, redis: corner };
  const start = <Ready>(role: string, setup: object) =>
    startChild<Ready>(
      new URL(`../shared/${role}-process.ts`, import.meta.url),
      { ...connected, ...setup },
      { profile },
    );
  const api = await start<ApiReady>("api", {});
  const teams = workers === "" ? [""] : workers.split("/");
  const team = await Promise.all(
    teams.map((roles) => start<undefined>("worker", { roles: roles.split(",").filter((role) => role !== "") })),
  );
  const database = await openServerCpu(world.owner);
  const ours = [api, ...team];
  return {
    backend: redis ? "redis" : "postgres",
    outside,
    plan: { port: api.ready.port, authorization },
    read: async () => {
      const { received } = await outside.ask<Counts>("counts");
      const atMs = performance.now();
      const counted = await Promise.all(ours.map((child) => child.ask<number>("statements")));
      const workerMs = await Promise.all(team.map(({ pid }) => cpuMsOf(pid)));
      return {
        atMs,
        users: received,
        statements: sum(counted),
        cpuMs: {
          api: await cpuMsOf(api.pid),
          worker: sum(workerMs),
          postgres: await database.readMs(),
          redis: redis ? await redis.cpuMs() : 0,
        },
        outsideMs: await cpuMsOf(outside.pid),
      };
    },
    close: async () => {
      database.close();
      await Promise.all(ours.map((child) => child.stop()));
      await outside.stop();
      await redis?.close();
    },
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

// Until everything is compiled, the pools are full and the pacing has settled.
async function warmUp(stage: Stage, window: number): Promise<void> {
  const { users } = await stage.read();
  await sleep(3_000);
  while ((await stage.read()).users - users < 2 * window) await sleep(100);
}

/** What one user cost in one round. */
interface Spent {
  readonly usersPerS: number;
  readonly statements: number;
  readonly cpuMs: Readonly<Record<Part, number>>;
  readonly outsideMs: number;
}

async function measure(stage: Stage, seconds: number): Promise<Spent> {
  const before = await stage.read();
  await sleep(seconds * 1_000);
  const after = await stage.read();
  const users = after.users - before.users;
  const perUser = (part: Part) => (after.cpuMs[part] - before.cpuMs[part]) / users;
  return {
    usersPerS: users / ((after.atMs - before.atMs) / 1_000),
    statements: (after.statements - before.statements) / users,
    cpuMs: { api: perUser("api"), worker: perUser("worker"), postgres: perUser("postgres"), redis: perUser("redis") },
    outsideMs: (after.outsideMs - before.outsideMs) / users,
  };
}

/** Waits until all is done, and throws unless everybody who signed up ended and was called for once. */
async function quiet(world: World, { outside }: Stage): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const { sent, received, repeated } = await outside.ask<Counts>("counts");
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

function print({ name, batch, demanded }: Mode, backend: Stage["backend"], rounds: readonly Spent[]): void {
  const of = (figure: (spent: Spent) => number) => median(rounds.map(figure));
  report(
    {
      bench: "webhook",
      requests: name,
      batch,
      backend,
      users_per_s: round(of((spent) => spent.usersPerS)),
      cpu_ms_per_user: round(
        of(({ cpuMs }) => sum(Object.values(cpuMs))),
        3,
      ),
      statements_per_user: round(
        of((spent) => spent.statements),
        3,
      ),
      api_cpu_ms: round(
        of(({ cpuMs }) => cpuMs.api),
        3,
      ),
      worker_cpu_ms: round(
        of(({ cpuMs }) => cpuMs.worker),
        3,
      ),
      postgres_cpu_ms: round(
        of(({ cpuMs }) => cpuMs.postgres),
        3,
      ),
      redis_cpu_ms: round(
        of(({ cpuMs }) => cpuMs.redis),
        3,
      ),
      outside_cpu_ms: round(
        of((spent) => spent.outsideMs),
        3,
      ),
    },
    demanded ? demands : [],
  );
}
