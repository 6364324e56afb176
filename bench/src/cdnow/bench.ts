import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createManualClock } from "@wend/core";
import pino from "pino";
import { existingFile, readOptions } from "../options.ts";
import { report, round } from "../report.ts";
import { openRedis } from "../shared/redis.ts";
import { createWorld } from "../world.ts";
import { recount } from "./recount.ts";
import { replay } from "./replay.ts";

/** Every wait has ended by then: the last order is of June 30. */
const END = "1998-09-01T00:00:00Z";

/**
 * `bench cdnow --data <file>`: replays eighteen months of real purchases through a journey, on the queues of REDIS_URL
 * or else in Postgres, and demands the figures that follow from the file itself.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { data } = readOptions(args, { data: existingFile });
  // Standard output is for the result.
  const log = pino({ level: "warn" }, pino.destination(2));
  const expected = await recount(data);
  const world = await createWorld();
  const redis = await openRedis();
  const folder = await mkdtemp(join(tmpdir(), "wend-cdnow-"));
  try {
    const { url: databaseUrl, workspace } = world;
    const stage = { databaseUrl, workspace, redis, sinkFile: join(folder, "recorded.ndjson") };
    const started = performance.now();
    const figures = await replay(stage, data, { clock: createManualClock(END), log });
    const seconds = round((performance.now() - started) / 1_000, 1);
    report(
      { bench: "cdnow", ...figures, seconds },
      Object.entries(expected).map(([field, value]) => ({ field, atLeast: value, atMost: value })),
    );
  } finally {
    await redis?.close();
    await world.close();
    await rm(folder, { recursive: true, force: true });
  }
}
