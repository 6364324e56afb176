import { readOptions } from "../../options.ts";
import { report } from "../../report.ts";
import { inFreshPlace } from "../stage/place.ts";
import { drillProvider } from "./drill.ts";
import { resultsOf } from "./results.ts";

/** `drill provider [--deliveries 20000] [--spells 4] [--per-second 200] [--others-per-second 50] [--workers 2]` */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args, {
    deliveries: 20_000,
    spells: 4,
    perSecond: 200,
    othersPerSecond: 50,
    workers: 2,
  });
  await inFreshPlace(async (place) => {
    const figures = await drillProvider(place, options);
    for (const { line, demands } of resultsOf(place, options, figures)) report(line, demands);
  });
}
