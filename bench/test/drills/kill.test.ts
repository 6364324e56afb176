import { test } from "vitest";
import { drillKill } from "../../src/drills/kill/drill.ts";
import { resultsOf } from "../../src/drills/kill/results.ts";
import { demand } from "./demand.ts";
import { backend, openPlace } from "./place.ts";

test(`workers killed in the middle of calls lose nothing and repeat nothing, with the queues in ${backend}`, {
  timeout: 150_000,
}, async () => {
  const place = await openPlace();
  const options = { runs: 120, kills: 4, workers: 4 };
  demand(...resultsOf(place, options, await drillKill(place, options)));
});
