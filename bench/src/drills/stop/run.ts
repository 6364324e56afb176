import { parseArgs } from "node:util";
import { report, round } from "../../report.ts";
import { backendOf, inFreshPlace } from "../stage/place.ts";
import { drillStop } from "./drill.ts";

const mostDeafS = 15;

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
  const [runs, stops] = [Number(values.runs), Number(values.stops)];
  await inFreshPlace(async (place) => {
    const { aimed, killed, wrongStep, lost, dup, unknown, fenceRejected, deafMs, crashes, left } = await drillStop(
      place,
      {
        runs,
        stops,
        workers: Number(values.workers),
        atOnce: Number(values["at-once"]),
        everyMs: Number(values["every-ms"]),
      },
    );
    report(
      {
        drill: "stop",
        backend: backendOf(place),
        runs,
        stops,
        stops_aimed: aimed,
        holders_killed: killed,
        wrong_step: wrongStep,
        lost,
        dup,
        unknown,
        fence_rejected: fenceRejected,
        shard_deaf_s: round(deafMs / 1_000, 3),
        crashes,
        left,
      },
      [
        ...["wrong_step", "lost", "dup", "unknown", "crashes", "left"].map((field) => ({ field, atMost: 0 })),
        ...["fence_rejected", "holders_killed"].map((field) => ({ field, atLeast: 1 })),
        { field: "shard_deaf_s", atMost: mostDeafS },
      ],
    );
  });
}
