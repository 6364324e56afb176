import { parseArgs } from "node:util";
import { report } from "../../report.ts";
import { withRedis } from "../stage/place.ts";
import { drillRestarts } from "./drill.ts";
import { resultOf } from "./result.ts";
import { startServer } from "./server.ts";

/** `drill pg-restart [--runs 6000] [--restarts 10] [--workers 2] [--per-second 150]`, always on a PostgreSQL of its own. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: "string", default: "6000" },
      restarts: { type: "string", default: "10" },
      workers: { type: "string", default: "2" },
      "per-second": { type: "string", default: "150" },
    },
  });
  const options = {
    runs: Number(values.runs),
    restarts: Number(values.restarts),
    workers: Number(values.workers),
    perSecond: Number(values["per-second"]),
  };
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
