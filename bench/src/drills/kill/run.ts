import { parseArgs } from "node:util";
import { report } from "../../report.ts";
import { inFreshPlace } from "../stage/place.ts";
import { drillKill } from "./drill.ts";
import { resultsOf } from "./results.ts";

/** `drill kill [--runs 10000] [--kills 100] [--workers 4]` */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: "string", default: "10000" },
      kills: { type: "string", default: "100" },
      workers: { type: "string", default: "4" },
    },
  });
  const options = { runs: Number(values.runs), kills: Number(values.kills), workers: Number(values.workers) };
  await inFreshPlace(async (place) => {
    const figures = await drillKill(place, options);
    for (const { line, demands } of resultsOf(place, options, figures)) report(line, demands);
  });
}
