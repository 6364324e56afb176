import { advanceShard, connectStore, createPluginRegistry, createVersionCache } from "@wend/core";
import type { Runtime } from "@wend/core";
import pino from "pino";
import { median, report, round } from "../report.ts";
import type { World } from "../world.ts";
import { createWorld } from "../world.ts";
import { measureDbos } from "./dbos.ts";
import { expectAllEnded, fillInbox, park, publish, rewind } from "./fill.ts";
import { replayWrites } from "./limit.ts";
import type { Recorder } from "./recorder.ts";
import { recordWrites } from "./recorder.ts";

const STEPS = 4;
const SHARDS = 16;
/** Shards advanced at once in this one process: while one waits for the database, another decides. */
const CONCURRENCY = 2;

/**
 * `bench engine [--profiles 20000] [--parked 10000,100000,1000000] [--rounds 3]`: journeys per second from stored event
 * to committed end, beside DBOS and beside the same rows written bare, all on one server in one run.
 */
export async function run(args: readonly string[]): Promise<void> {
  const option = (name: string, otherwise: string) => args[args.indexOf(`--${name}`) + 1 || args.length] ?? otherwise;
  const profiles = Number(option("profiles", "20000"));
  const rounds = Number(option("rounds", "3"));
  const world = await createWorld({ shards: SHARDS });
  try {
    const dbos = args.includes("--no-dbos") ? Number.NaN : await measureDbos(await world.createDatabase("dbos"), 1_000);
    await publish(world);
    const sizes = option("parked", "10000,100000,1000000").split(",").map(Number);
    let parked = 0;
    let smallest = Number.NaN;
    for (const size of sizes) {
      await park(world, parked, size);
      parked = size;
      const measured: Measured[] = [];
      for (let round = 0; round <= rounds; round++) {
        // The first round warms the process, the plans and the caches of this size.
        const one = await measure(world, profiles, (measuredRounds += 1));
        if (round > 0) measured.push(one);
      }
      const journeysPerS = median(measured.map((one) => one.journeysPerS));
      if (Number.isNaN(smallest)) smallest = journeysPerS;
      report(
        {
          bench: "engine",
          parked: size,
          journeys_per_s: round(journeysPerS),
          steps_per_s: round(journeysPerS * STEPS),
          limit_journeys_per_s: round(median(measured.map((one) => one.limitPerS))),
          dbos_journeys_per_s: round(dbos),
          ratio_dbos: round(journeysPerS / dbos, 1),
          ratio_limit: round(median(measured.map((one) => one.journeysPerS / one.limitPerS)), 3),
          ratio_smallest: round(journeysPerS / smallest, 3),
          statements_per_journey: round(median(measured.map((one) => one.statements)) / profiles, 4),
        },
        [
          { field: "ratio_dbos", atLeast: 25 },
          { field: "ratio_limit", atLeast: 0.45 },
          { field: "ratio_smallest", atLeast: 0.75 },
        ],
      );
    }
  } finally {
    await world.close();
  }
}

let measuredRounds = 0;

interface Measured {
  readonly journeysPerS: number;
  readonly limitPerS: number;
  readonly statements: number;
}

async function measure(world: World, profiles: number, round: number): Promise<Measured> {
  const cohort = { base: 1_710_000_000_000 + round * 10_000_000, profiles };
  await fillInbox(world, cohort);
  await world.owner.query("checkpoint");
  const recorder = recordWrites(connectStore({ url: world.url, max: CONCURRENCY + 2 }));
  const started = performance.now();
  await drain(recorder, world);
  const seconds = (performance.now() - started) / 1000;
  await recorder.store.close();
  await expectAllEnded(world, cohort);
  await rewind(world, cohort);
  await world.owner.query("checkpoint");
  const limit = await replayWrites(world.url, recorder.written);
  await expectAllEnded(world, cohort);
  return { journeysPerS: profiles / seconds, limitPerS: profiles / limit, statements: recorder.statements };
}

// Wakes as the queue would give them: every shard once, again for as long as it has more.
async function drain(recorder: Recorder, world: World): Promise<void> {
  const plugins = createPluginRegistry([]);
  const waiting = Array.from({ length: SHARDS }, (_, shard) => shard);
  const runtime = {
    store: recorder.store,
    plugins,
    versions: createVersionCache(plugins),
    log: pino({ level: "warn" }),
    queues: { wake: (_workspace: number, shards: readonly number[]) => waiting.push(...shards), dispatch: async () => {} },
  } as unknown as Runtime;
  const lane = async () => {
    for (let shard = waiting.shift(); shard !== undefined; shard = waiting.shift()) {
      await advanceShard(runtime, { workspaceId: world.workspace.id, shard });
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
}
