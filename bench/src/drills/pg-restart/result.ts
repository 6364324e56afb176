import type { Result } from "../../report.ts";
import { none } from "../demands.ts";
import type { Place } from "../stage/place.ts";
import { backendOf } from "../stage/place.ts";
import type { RestartFigures, RestartOptions } from "./drill.ts";

export function resultOf(
  place: Pick<Place, "redis">,
  { runs, restarts }: RestartOptions,
  figures: RestartFigures,
): Result {
  return {
    line: { drill: "pg-restart", backend: backendOf(place), runs, restarts, ...figures },
    demands: [...none("crashes", "lost", "dup", "unknown", "left"), { field: "found", atLeast: figures.acked }],
  };
}
