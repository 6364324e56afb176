import { parseArgs } from "node:util";
import { report } from "../../report.ts";
import { inFreshPlace } from "../stage/place.ts";
import { drillStop } from "./drill.ts";
import { resultOf } from "./result.ts";

/** `drill stop [--runs 8000] [--stops 60] [--workers 6] [--at-once 4] [--every-ms 3000]` */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: "string", default: "8000" },
      stops: { type: "string", default: "60" },
      workers: { type: "string", default: "6" },
      "at-once": { type: "string", default: "4" },
      "every-ms": { type: "string", default: "3000" },
    },
  });
  const options = {
    runs: Number(values.runs),
    stops: Number(values.stops),
    workers: Number(values.workers),
    atOnce: Number(values["at-once"]),
    everyMs: Number(values["every-ms"]),
  };
  await inFreshPlace(async (place) => {
    const { line, demands } = resultOf(place, options, await drillStop(place, options));
    report(line, demands);
  });
}
