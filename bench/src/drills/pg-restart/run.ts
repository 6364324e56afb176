import { parseArgs } from "node:util";
import { report } from "../../report.ts";
import { withRedis } from "../stage/place.ts";
import { drillRestarts } from "./drill.ts";
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
  const [runs, restarts, workers] = [Number(values.runs), Number(values.restarts), Number(values.workers)];
  const server = await startServer();
  try {
    await withRedis(async (redis) => {
      const figures = await drillRestarts(server, redis, {
        runs,
        restarts,
        workers,
        perSecond: Number(values["per-second"]),
      });
      report({ drill: "pg-restart", backend: redis ? "redis" : "postgres", runs, restarts, ...figures }, [
        ...["crashes", "lost", "dup", "unknown", "left"].map((field) => ({ field, atMost: 0 })),
        { field: "found", atLeast: figures.acked },
      ]);
    });
  } finally {
    await server.close();
  }
}
