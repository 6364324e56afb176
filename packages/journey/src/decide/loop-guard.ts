import { WendError } from "@wend/plugin";
import type { CompiledNode } from "../compile/types.ts";
import { limits } from "../language/limits.ts";
import type { Walk } from "./walk.ts";

const HOUR = 3_600_000;

/**
 * Counts a visit of a node to which the run can come back, and parks the run that comes too often within an hour.
 * The hour begins with the first visit that is counted; when it is over, the next visit begins another.
 */
export function countVisit(walk: Walk, { id }: CompiledNode): void {
  const { recent, at } = walk;
  const { since, counts } = recent === null || at >= recent.since + HOUR ? { since: at, counts: {} } : recent;
  const count = (counts[id] ?? 0) + 1;
  if (count > limits.visitsPerNodePerHour) {
    const detail = `Node ${id} was visited ${limits.visitsPerNodePerHour} times within an hour.`;
    throw new WendError("run.loop_limit", { detail });
  }
  walk.recent = { since, counts: { ...counts, [id]: count } };
}
