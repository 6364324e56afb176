import { onTestFinished, test } from "vitest";
import { drillRestarts } from "../../src/drills/pg-restart/drill.ts";
import { resultOf } from "../../src/drills/pg-restart/result.ts";
import { startServer } from "../../src/drills/pg-restart/server.ts";
import { withRedis } from "../../src/drills/stage/place.ts";
import { demand } from "./demand.ts";
import { backend } from "./place.ts";

test(`restarts of Postgres end no process and lose nothing, with the queues in ${backend}`, {
  timeout: 150_000,
}, async () => {
  const server = await startServer();
  onTestFinished(() => server.close());
  const options = { runs: 600, restarts: 2, workers: 2, perSecond: 120 };
  await withRedis(async (redis) => {
    demand(resultOf({ redis }, options, await drillRestarts(server, redis, options)));
  });
});
