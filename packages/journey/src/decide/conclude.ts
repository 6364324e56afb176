import type { JsonObject } from "../json.ts";
import type { Decision, RunState } from "./types.ts";
import type { Walk } from "./walk.ts";

const none: readonly never[] = [];

/** Nothing changed. */
export function ignored(run: RunState): Decision {
  return { kind: "ignored", run, steps: none, deliveries: none, traits: undefined, goal: false };
}

/** What the walk came to. */
export function conclude(walk: Walk): Decision {
  const { before, scope, status } = walk;
  const ended = status === "ended";
  return {
    kind: ended ? "ended" : "moved",
    run: {
      id: before.id,
      journeyId: before.journeyId,
      version: before.version,
      profileId: before.profileId,
      entryKey: before.entryKey,
      status,
      nodeId: walk.node.id,
      since: walk.since,
      seq: walk.seq,
      wakeAt: walk.wakeAt,
      vars: scope.vars,
      visits: walk.recent,
      startedAt: before.startedAt,
      endedAt: ended ? walk.at : null,
      endedBy: walk.endedBy,
      outcome: walk.outcome,
      error: null,
    },
    steps: walk.steps,
    deliveries: walk.deliveries,
    traits: changedTraits(walk),
    goal: walk.goal,
  };
}

/** The traits when the walk changed them. */
export function changedTraits({ scope, facts }: Walk): JsonObject | undefined {
  return scope.traits === facts.profile.traits ? undefined : scope.traits;
}
