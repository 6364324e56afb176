import { readOptions } from "../../options.ts";
import { report } from "../../report.ts";
import { withRedis } from "../stage/place.ts";
import { drillRestarts } from "./drill.ts";
import { resultOf } from "./result.ts";
import { startServer } from "./server.ts";

/** `drill pg-restart [--runs 6000] [--restarts 10] [--workers 2] [--per-second 150]`, always on a PostgreSQL of its own. */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args, { runs: 6_000, restarts: 10, workers: 2, perSecond: 150 });
  const server = await startServer();
  try {
    await withRedis(async (redis) => {
      const { line, demands } = resultOf({ redis }, options, await drillRestarts(server, redis, options));
      report(line, demands);
    });
  } finally {
    await server.close();
  }
}
