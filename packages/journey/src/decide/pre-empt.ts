import { findExit } from "./conditions.ts";
import type { EventFact } from "./types.ts";
import type { Walk } from "./walk.ts";
import { end, isUnderWay, leave } from "./walk.ts";

/**
 * Ends the run at once when its goal is reached or an exit applies, whatever it waits for. If both do, the goal is
 * counted and the exit ends the run. Returns whether it ended.
 */
export function preEmpt(walk: Walk, event: EventFact | undefined): boolean {
  const { exit, goal } = findExit(walk.version, event, walk.scope);
  if (exit === null && !goal) return false;
  const endedBy = exit === null ? "goal" : "exit";
  // The visit that parked the run is over; what ends it now is told by a visit of its own, like a retry.
  if (walk.before.status === "failed" && walk.visits === 0) walk.seq += 1;
  if (isUnderWay(walk)) leave(walk, endedBy, detailOf(exit, event));
  walk.goal = goal;
  end(walk, endedBy, exit ?? "goal");
  return true;
}

function detailOf(exit: string | null, event: EventFact | undefined) {
  return { exit, event: event?.name ?? null, eventId: event?.id ?? null };
}
