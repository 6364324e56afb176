import { readOptions } from "../../options.ts";
import { report } from "../../report.ts";
import { inFreshPlace } from "../stage/place.ts";
import { drillStop } from "./drill.ts";
import { resultOf } from "./result.ts";

/** `drill stop [--runs 8000] [--stops 60] [--workers 6] [--at-once 4] [--every-ms 3000]` */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args, { runs: 8_000, stops: 60, workers: 6, atOnce: 4, everyMs: 3_000 });
  await inFreshPlace(async (place) => {
    const { line, demands } = resultOf(place, options, await drillStop(place, options));
    report(line, demands);
  });
}
