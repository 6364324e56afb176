import type { Result } from "../../report.ts";
import { none, some } from "../demands.ts";
import type { Place } from "../stage/place.ts";
import { backendOf } from "../stage/place.ts";
import type { KillFigures, KillOptions } from "./drill.ts";

/** What is said of the sinks that can tell a repeated call, and of the one that cannot. */
export function resultsOf(place: Place, { runs, kills }: KillOptions, figures: KillFigures): Result[] {
  const common = { drill: "kill", backend: backendOf(place), runs, kills };
  const { blind } = figures;
  return [
    {
      line: {
        ...common,
        sinks: "key, lookup",
        lost: figures.lost,
        dup_key_sink: figures.dupKeySink,
        dup_plain_sink: figures.dupPlainSink,
        unknown: figures.unknownHeld,
        unknown_held: figures.unknownHeld,
        kills_aimed: figures.aimed,
        calls_repeated: figures.repeats,
        calls_found: figures.found,
        crashes: figures.crashes,
        left: figures.left,
        seconds: figures.seconds,
      },
      demands: [
        ...none("lost", "dup_key_sink", "dup_plain_sink", "unknown_held", "crashes", "left"),
        ...some("calls_repeated", "calls_found"),
      ],
    },
    {
      line: {
        ...common,
        sinks: "neither",
        lost: blind.lost,
        dup: blind.dup,
        unknown: blind.unknownHeld,
        unknown_held: blind.unknownHeld,
        unlisted: blind.unlisted,
      },
      demands: [...none("lost", "dup", "unlisted"), ...some("unknown_held")],
    },
  ];
}
