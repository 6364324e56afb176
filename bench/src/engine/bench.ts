import type { Runtime, Store } from "@wend/core";
import {
  advanceShard,
  connectStore,
  createPluginRegistry,
  createSecretBox,
  createSuppressionList,
  createVersionCache,
} from "@wend/core";
import pino from "pino";
import { readOptions } from "../options.ts";
import { median, report, round } from "../report.ts";
import type { World } from "../world.ts";
import { createWorld } from "../world.ts";
import { measureDbos } from "./dbos.ts";
import type { Cohort } from "./fill.ts";
import { expectAllEnded, fillInbox, park, publish, rewind } from "./fill.ts";
import { replayWrites } from "./limit.ts";
import { recordWrites } from "./recorder.ts";

const STEPS = 4;
const DBOS_JOURNEYS = 1_000;
const SHARDS = 16;
/** Shards advanced at once in this one process: while one waits for the database, another decides. */
const CONCURRENCY = 2;

/**
 * `bench engine [--profiles 20000] [--parked 10000,100000,1000000] [--rounds 3]`: journeys per second from stored event
 * to committed end, beside DBOS and beside the same rows written bare, all on one server in one run.
 */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args, { profiles: 20_000, parked: [10_000, 100_000, 1_000_000], rounds: 3 });
  const world = await createWorld({ shards: SHARDS });
  try {
    const dbosUrl = await world.createDatabase("dbos");
    await publish(world);
    let parked = 0;
    let smallest: number | undefined;
    for (const size of options.parked) {
      await park(world, parked, size);
      parked = size;
      const cohort = { base: 1_710_000_000_000 + size * 1_000_000, profiles: options.profiles };
      const measured = await measure(world, { cohort, dbosUrl, rounds: options.rounds });
      smallest ??= measured.journeysPerS;
      print({ size, smallest, ...measured });
    }
  } finally {
    await world.close();
  }
}

interface Measured {
  /** Medians over the rounds. */
  readonly journeysPerS: number;
  readonly limitPerS: number;
  readonly dbosPerS: number;
  readonly ratioLimit: number;
  readonly ratioDbos: number;
  readonly statementsPerJourney: number;
}

function print(one: Measured & { size: number; smallest: number }): void {
  report(
    {
      bench: "engine",
      parked: one.size,
      journeys_per_s: round(one.journeysPerS),
      steps_per_s: round(one.journeysPerS * STEPS),
      limit_journeys_per_s: round(one.limitPerS),
      dbos_journeys_per_s: round(one.dbosPerS),
      ratio_dbos: round(one.ratioDbos, 1),
      ratio_limit: round(one.ratioLimit, 3),
      ratio_smallest: round(one.journeysPerS / one.smallest, 3),
      statements_per_journey: round(one.statementsPerJourney, 4),
    },
    [
      { field: "ratio_dbos", atLeast: 25 },
      { field: "ratio_limit", atLeast: 0.45 },
      { field: "ratio_smallest", atLeast: 0.75 },
    ],
  );
}

interface Measuring {
  readonly cohort: Cohort;
  readonly dbosUrl: string;
  readonly rounds: number;
}

// The first pass warms the process and keeps what it wrote; the rounds measure without keeping anything.
async function measure(world: World, { cohort, dbosUrl, rounds }: Measuring): Promise<Measured> {
  await fillInbox(world, cohort);
  const store = connectStore({ url: world.url, max: CONCURRENCY + 2 });
  const recorder = recordWrites(store);
  await drain(recorder.store, world);
  await expectAllEnded(world, cohort);
  const engine: number[] = [];
  const limit: number[] = [];
  const dbos: number[] = [];
  for (let i = 0; i < rounds; i++) {
    await rewind(world, cohort);
    engine.push(cohort.profiles / (await drain(store, world)));
    await expectAllEnded(world, cohort);
    await rewind(world, cohort);
    limit.push(cohort.profiles / (await replayWrites(world.url, recorder.written)));
    await expectAllEnded(world, cohort);
    dbos.push(await measureDbos(dbosUrl, DBOS_JOURNEYS));
  }
  await store.close();
  return {
    journeysPerS: median(engine),
    limitPerS: median(limit),
    dbosPerS: median(dbos),
    ratioLimit: median(engine.map((perS, i) => perS / limit[i]!)),
    ratioDbos: median(engine.map((perS, i) => perS / dbos[i]!)),
    statementsPerJourney: recorder.statements / cohort.profiles,
  };
}

// Wakes as the queue would give them: every shard once, again for as long as it has more. Returns seconds.
async function drain(store: Store, world: World): Promise<number> {
  const plugins = createPluginRegistry([]);
  const waiting = Array.from({ length: SHARDS }, (_, shard) => shard);
  const runtime = {
    store,
    plugins,
    versions: createVersionCache(plugins),
    suppressions: createSuppressionList(createSecretBox(undefined)),
    log: pino({ level: "warn" }),
    queues: {
      wake: (_workspace: number, shards: readonly number[]) => waiting.push(...shards),
      dispatch: async () => {},
    },
  } as unknown as Runtime;
  const lane = async () => {
    for (let shard = waiting.shift(); shard !== undefined; shard = waiting.shift()) {
      await advanceShard(runtime, { workspaceId: world.workspace.id, shard });
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  return (performance.now() - started) / 1000;
}
