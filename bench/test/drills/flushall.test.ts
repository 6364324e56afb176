import { test } from "vitest";
import { drillFlush } from "../../src/drills/flushall/drill.ts";
import { resultOf } from "../../src/drills/flushall/result.ts";
import { demand } from "./demand.ts";
import { backend, openPlace } from "./place.ts";

if (backend !== "redis") console.log("skipped: emptying Redis, because REDIS_URL is not set");

test.runIf(backend === "redis")(
  "emptying Redis under load loses nothing, repeats nothing and delays little",
  {
    timeout: 150_000,
  },
  async () => {
    const place = await openPlace();
    const options = { runs: 1_000, flushes: 3, workers: 2, perSecond: 250 };
    demand(resultOf(place, options, await drillFlush(place, options)));
  },
);
