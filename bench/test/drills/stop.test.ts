import { test } from "vitest";
import { drillStop } from "../../src/drills/stop/drill.ts";
import { resultOf } from "../../src/drills/stop/result.ts";
import { demand } from "./demand.ts";
import { backend, openPlace } from "./place.ts";

test(`workers stopped for longer than their leases do nothing wrong afterwards, with the queues in ${backend}`, {
  timeout: 150_000,
}, async () => {
  const place = await openPlace();
  const options = { runs: 200, stops: 3, workers: 5, atOnce: 4, everyMs: 0 };
  demand(resultOf(place, options, await drillStop(place, options)));
});
