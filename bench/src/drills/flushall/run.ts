import { readOptions } from "../../options.ts";
import { report } from "../../report.ts";
import { inFreshPlace } from "../stage/place.ts";
import { drillFlush } from "./drill.ts";
import { resultOf } from "./result.ts";

/** `drill flushall [--runs 20000] [--flushes 10] [--workers 2] [--per-second 300]` */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args, { runs: 20_000, flushes: 10, workers: 2, perSecond: 300 });
  await inFreshPlace(async (place) => {
    const { line, demands } = resultOf(place, options, await drillFlush(place, options));
    report(line, demands);
  });
}
