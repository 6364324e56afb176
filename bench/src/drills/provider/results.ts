import type { Result } from "../../report.ts";
import { round } from "../../report.ts";
import { none, some } from "../demands.ts";
import { sinkNames } from "../stage/customers.ts";
import type { Place } from "../stage/place.ts";
import { backendOf } from "../stage/place.ts";
import type { ProviderFigures, ProviderOptions } from "./drill.ts";

/** What the slowest hundredth of another channel may take, set against the same without the trouble. */
const mostRatio = 1.2;

/** What is said of the sinks that can tell a repeated call, of the one that cannot, and of how the rest fared. */
export function resultsOf(place: Place, { deliveries }: ProviderOptions, figures: ProviderFigures): Result[] {
  const common = { drill: "provider", backend: backendOf(place), deliveries };
  const { blind, others } = figures;
  const healthy = percentile(others.healthy, 0.99);
  const troubled = percentile(others.troubled, 0.99);
  return [
    {
      line: {
        ...common,
        sinks: "key, lookup",
        lost: figures.lost,
        dup: figures.dup,
        unknown: figures.unknown,
        faults: Object.entries(figures.faults)
          .map(([fault, count]) => `${fault} ${count}`)
          .join(", "),
        calls_repeated: figures.repeats,
        calls_found: figures.found,
        crashes: figures.crashes,
        left: figures.left,
        seconds: figures.seconds,
      },
      demands: [...none("lost", "dup", "unknown", "crashes", "left"), ...some("calls_repeated", "calls_found")],
    },
    {
      line: {
        ...common,
        sinks: "neither",
        lost: blind.lost,
        dup: blind.dup,
        calls_left_open: blind.leftOpen,
        unknown: blind.unknown,
        unlisted: blind.unlisted,
      },
      demands: [
        ...none("lost", "dup", "unlisted"),
        ...some("unknown"),
        { field: "unknown", atLeast: blind.leftOpen, atMost: blind.leftOpen },
      ],
    },
    {
      line: {
        ...common,
        breakers_opened: figures.opened,
        others: others.troubled.length,
        others_p50_ms: percentile(others.troubled, 0.5),
        others_p99_ms: troubled,
        healthy_p50_ms: percentile(others.healthy, 0.5),
        healthy_p99_ms: healthy,
        ratio_p99: round(troubled / healthy, 2),
      },
      demands: [
        { field: "breakers_opened", atLeast: sinkNames.length },
        { field: "ratio_p99", atMost: mostRatio },
      ],
    },
  ];
}

const percentile = (ascending: readonly number[], share: number): number =>
  round(ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))]!, 1);
