import type { Result } from "../../report.ts";
import { round } from "../../report.ts";
import { none } from "../demands.ts";
import type { Place } from "../stage/place.ts";
import { backendOf } from "../stage/place.ts";
import type { FlushFigures, FlushOptions } from "./drill.ts";

/** Emptying the queues may delay a message so long. */
const maxExtraLagS = 30;

export function resultOf(place: Place, { runs, flushes }: FlushOptions, figures: FlushFigures): Result {
  return {
    line: {
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
      seconds: figures.seconds,
    },
    demands: [...none("lost", "dup", "unknown", "crashes", "left"), { field: "max_extra_lag_s", atMost: maxExtraLagS }],
  };
}
