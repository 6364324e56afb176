import { parseArgs } from "node:util";
import { report } from "../../report.ts";
import { inFreshPlace } from "../stage/place.ts";
import { drillFlush } from "./drill.ts";
import { resultOf } from "./result.ts";

/** `drill flushall [--runs 20000] [--flushes 10] [--workers 2] [--per-second 300]` */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: "string", default: "20000" },
      flushes: { type: "string", default: "10" },
      workers: { type: "string", default: "2" },
      "per-second": { type: "string", default: "300" },
    },
  });
  const options = {
    runs: Number(values.runs),
    flushes: Number(values.flushes),
    workers: Number(values.workers),
    perSecond: Number(values["per-second"]),
  };
  await inFreshPlace(async (place) => {
    const { line, demands } = resultOf(place, options, await drillFlush(place, options));
    report(line, demands);
  });
}
