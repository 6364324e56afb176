import { readOptions } from "../../options.ts";
import { report } from "../../report.ts";
import { inFreshPlace } from "../stage/place.ts";
import { drillKill } from "./drill.ts";
import { resultsOf } from "./results.ts";

/** `drill kill [--runs 10000] [--kills 100] [--workers 4]` */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args, { runs: 10_000, kills: 100, workers: 4 });
  await inFreshPlace(async (place) => {
    const figures = await drillKill(place, options);
    for (const { line, demands } of resultsOf(place, options, figures)) report(line, demands);
  });
}
