import type { Result } from "../../report.ts";
import { round } from "../../report.ts";
import { none, some } from "../demands.ts";
import type { Place } from "../stage/place.ts";
import { backendOf } from "../stage/place.ts";
import type { StopFigures, StopOptions } from "./drill.ts";

const mostDeafS = 15;

export function resultOf(place: Place, { runs, stops }: StopOptions, figures: StopFigures): Result {
  return {
    line: {
      drill: "stop",
      backend: backendOf(place),
      runs,
      stops,
      blows_aimed: figures.aimed,
      holders_killed: figures.killed,
      wrong_step: figures.wrongStep,
      lost: figures.lost,
      dup: figures.dup,
      unknown: figures.unknown,
      fence_rejected: figures.fenceRejected,
      shard_deaf_s: round(figures.deafMs / 1_000, 3),
      crashes: figures.crashes,
      left: figures.left,
      seconds: figures.seconds,
    },
    demands: [
      ...none("wrong_step", "lost", "dup", "unknown", "crashes", "left"),
      ...some("fence_rejected", "holders_killed"),
      { field: "shard_deaf_s", atMost: mostDeafS },
    ],
  };
}
