import { parseArgs } from "node:util";
import { report, round } from "../../report.ts";
import { backendOf, inFreshPlace } from "../stage/place.ts";
import { drillFlush } from "./drill.ts";

const maxExtraLagS = 30;

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
  const [runs, flushes, workers] = [Number(values.runs), Number(values.flushes), Number(values.workers)];
  await inFreshPlace(async (place) => {
    const figures = await drillFlush(place, { runs, flushes, workers, perSecond: Number(values["per-second"]) });
    report(
      {
        drill: "flushall",
        backend: backendOf(place),
        runs,
        flushall: flushes,
        lost: figures.lost,
        dup: figures.dup,
        unknown: figures.unknown,
        usual_lag_s: round(figures.usualLagMs / 1_000, 3),
        max_extra_lag_s: round(figures.maxExtraLagMs / 1_000, 3),
        crashes: figures.crashes,
        left: figures.left,
      },
      [
        ...["lost", "dup", "unknown", "crashes", "left"].map((field) => ({ field, atMost: 0 })),
        { field: "max_extra_lag_s", atMost: maxExtraLagS },
      ],
    );
  });
}
