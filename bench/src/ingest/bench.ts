import { readOptions } from "../options.ts";
import { median, report, round } from "../report.ts";
import type { Child } from "../shared/child.ts";
import { startChild } from "../shared/child.ts";
import { openRedis } from "../shared/redis.ts";
import { createWorld } from "../world.ts";
import type { LoadPlan, LoadResult } from "./load-process.ts";
import type { Side } from "./sides.ts";
import { startBare, startOurs } from "./sides.ts";

interface Mode {
  readonly name: "single" | "batch";
  readonly path: string;
  readonly batch: number;
  readonly connections: number;
  /** What the figure counts. */
  readonly unit: "requests" | "events";
}

const modes: readonly Mode[] = [
  { name: "single", path: "/v1/track", batch: 1, connections: 256, unit: "requests" },
  { name: "batch", path: "/v1/batch", batch: 100, connections: 16, unit: "events" },
];

/**
 * `bench ingest [--seconds 4] [--rounds 5] [--profile dir]`: single requests and batched events per second that are
 * acknowledged after their commit, beside a bare Hono server that parses and inserts the same rows and checks nothing:
 * the same client, connections and database server, one after the other in each round.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { profile, ...length } = readOptions(args, { seconds: 4, rounds: 5, profile: undefined });
  const world = await createWorld();
  const redis = await openRedis();
  const sides: Sides = {
    ours: await startOurs(world, { redis: redis && { url: redis.url, prefix: redis.prefix }, profile }),
    bare: await startBare(world),
  };
  const load = await startChild<undefined>(new URL("./load-process.ts", import.meta.url), undefined);
  const checkpoint = () => world.owner.query("checkpoint");
  try {
    const sent = { ours: 0, bare: 0 };
    for (const mode of modes) {
      const rounds = await measure(mode, { sides, load, checkpoint, sent, ...length });
      print(mode, rounds, redis ? "redis" : "postgres");
    }
    await expectStored(sides, sent);
  } finally {
    await Promise.all([load.stop(), sides.ours.close(), sides.bare.close()]);
    await redis?.close();
    await world.close();
  }
}

interface Sides {
  readonly ours: Side;
  readonly bare: Side;
}

type Name = keyof Sides;

interface Measuring {
  readonly sides: Sides;
  readonly load: Child<undefined>;
  readonly seconds: number;
  readonly rounds: number;
  /** Events acknowledged so far. */
  readonly sent: Record<Name, number>;
  checkpoint(): Promise<unknown>;
}

interface Result {
  readonly perSecond: number;
  /** Per event: of the server's process, and of its database. */
  readonly serverUs: number;
  readonly databaseUs: number;
}

type Round = Readonly<Record<Name, Result>>;

// The first round warms both and is not counted; who goes first changes from round to round.
async function measure(mode: Mode, measuring: Measuring): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let index = 0; index <= measuring.rounds; index++) {
    const sender = `${mode.name}-${index}`;
    if (index % 2 === 0) {
      const ours = await measureSide("ours", { mode, sender, ...measuring });
      rounds.push({ ours, bare: await measureSide("bare", { mode, sender, ...measuring }) });
    } else {
      const bare = await measureSide("bare", { mode, sender, ...measuring });
      rounds.push({ ours: await measureSide("ours", { mode, sender, ...measuring }), bare });
    }
  }
  return rounds.slice(1);
}

async function measureSide(name: Name, on: Measuring & { mode: Mode; sender: string }): Promise<Result> {
  await on.checkpoint();
  const side = on.sides[name];
  const { path, batch, connections } = on.mode;
  const plan: LoadPlan = { ...side.target, path, batch, connections, seconds: on.seconds, sender: on.sender };
  const before = await side.cpuMs();
  const { perSecond, events } = await on.load.ask<LoadResult>("load", plan);
  on.sent[name] += events;
  const after = await side.cpuMs();
  const usPerEvent = (ms: number) => (ms * 1_000) / events;
  return {
    perSecond,
    serverUs: usPerEvent(after.server - before.server),
    databaseUs: usPerEvent(after.database - before.database),
  };
}

function print({ name, batch, connections, unit }: Mode, rounds: readonly Round[], backend: string): void {
  const of = (figure: (round: Round) => number) => median(rounds.map(figure));
  report(
    {
      bench: "ingest",
      mode: name,
      backend,
      batch,
      connections,
      [`${unit}_per_s`]: round(of(({ ours }) => ours.perSecond)),
      [`limit_${unit}_per_s`]: round(of(({ bare }) => bare.perSecond)),
      ratio_limit: round(
        of(({ ours, bare }) => ours.perSecond / bare.perSecond),
        3,
      ),
      server_cpu_us: round(of(({ ours }) => ours.serverUs)),
      limit_server_cpu_us: round(of(({ bare }) => bare.serverUs)),
      database_cpu_us: round(of(({ ours }) => ours.databaseUs)),
      limit_database_cpu_us: round(of(({ bare }) => bare.databaseUs)),
    },
    [{ field: "ratio_limit", atLeast: 0.5 }],
  );
}

/** What was acknowledged is stored, on both sides, and nothing else. */
async function expectStored(sides: Sides, sent: Readonly<Record<Name, number>>): Promise<void> {
  for (const name of ["ours", "bare"] as const) {
    const stored = await sides[name].stored();
    if (stored !== sent[name]) throw new Error(`${name}: ${sent[name]} events acknowledged, ${stored} stored`);
  }
}
