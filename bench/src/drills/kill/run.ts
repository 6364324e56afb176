import { parseArgs } from "node:util";
import { report } from "../../report.ts";
import { backendOf, inFreshPlace } from "../stage/place.ts";
import { drillKill } from "./drill.ts";

const none = (field: string) => ({ field, atMost: 0 });
const some = (field: string) => ({ field, atLeast: 1 });

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
  const [runs, kills, workers] = [Number(values.runs), Number(values.kills), Number(values.workers)];
  await inFreshPlace(async (place) => {
    const started = performance.now();
    const figures = await drillKill(place, { runs, kills, workers });
    const { lost, dupKeySink, dupPlainSink, unknownHeld, blind, aimed, repeats, found, crashes, left } = figures;
    const common = { drill: "kill", backend: backendOf(place), runs, kills };
    report(
      {
        ...common,
        sinks: "key, lookup",
        lost,
        dup_key_sink: dupKeySink,
        dup_plain_sink: dupPlainSink,
        unknown: unknownHeld,
        unknown_held: unknownHeld,
        kills_aimed: aimed,
        calls_repeated: repeats,
        calls_found: found,
        crashes,
        left,
        seconds: Math.round((performance.now() - started) / 1_000),
      },
      [
        ...["lost", "dup_key_sink", "dup_plain_sink", "unknown_held", "crashes", "left"].map(none),
        ...["calls_repeated", "calls_found"].map(some),
      ],
    );
    report(
      {
        ...common,
        sinks: "neither",
        lost: blind.lost,
        dup: blind.dup,
        unknown: blind.unknownHeld,
        unknown_held: blind.unknownHeld,
        unlisted: blind.unlisted,
      },
      [...["lost", "dup", "unlisted"].map(none), some("unknown_held")],
    );
  });
}
