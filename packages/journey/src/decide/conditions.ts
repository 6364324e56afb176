import type { CompiledExit, CompiledVersion } from "../compile/types.ts";
import type { GateFacts } from "../gate/types.ts";
import type { Scope } from "../predicate/scope.ts";
import type { EventFact, Facts, RunState } from "./types.ts";

type ExitNow = GateFacts["exitNow"];

export interface ExitNowInput {
  readonly version: CompiledVersion;
  readonly run: Pick<RunState, "vars">;
  readonly facts: Pick<Facts, "profile" | "entry" | "history">;
  readonly now: number;
}

const nothing: ExitNow = { exit: null, goal: false };

/** What the `when` conditions of exits and goal say now, for the send gate at claim. */
export function resolveExitNow({ version, run, facts, now }: ExitNowInput): ExitNow {
  if (!version.hasConditions) return nothing;
  return findExit(version, undefined, {
    profileId: facts.profile.id,
    traits: facts.profile.traits,
    vars: run.vars,
    entry: facts.entry,
    signal: undefined,
    item: undefined,
    history: facts.history,
    now,
    upToId: undefined,
  });
}

/**
 * Which exit applies, and whether the goal does: those that name the event that arrived, and those that name no
 * event and hold. The first exit of several is the one.
 */
export function findExit(version: CompiledVersion, event: EventFact | undefined, scope: Scope): ExitNow {
  const goal = version.goal !== undefined && applies(version.goal, event, scope);
  for (const exit of version.exits) if (applies(exit, event, scope)) return { exit: exit.name, goal };
  return goal ? { exit: null, goal } : nothing;
}

function applies(exit: CompiledExit, event: EventFact | undefined, scope: Scope): boolean {
  if (exit.event === undefined) return exit.when?.(scope) === true;
  if (event === undefined || event.name !== exit.event) return false;
  return (exit.where === undefined || exit.where(scope)) && (exit.when === undefined || exit.when(scope));
}
