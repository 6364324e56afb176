import { test } from "vitest";
import { drillProvider } from "../../src/drills/provider/drill.ts";
import { resultsOf } from "../../src/drills/provider/results.ts";
import { demand } from "./demand.ts";
import { backend, openPlace } from "./place.ts";

test(`a provider in trouble loses nothing and gets nothing twice, with the queues in ${backend}`, {
  timeout: 150_000,
}, async () => {
  const place = await openPlace();
  const options = { deliveries: 240, spells: 1, perSecond: 120, othersPerSecond: 10, workers: 2 };
  // Too few for what is said of the breakers and of the slowest hundredth beside them.
  const [asked, untold] = resultsOf(place, options, await drillProvider(place, options));
  demand(asked!, untold!);
});
