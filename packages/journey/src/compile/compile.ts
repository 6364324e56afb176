import { findEdges } from "../check/edges.ts";
import { findLoops } from "../check/loops.ts";
import type { Catalog } from "../language/catalog.ts";
import type { EntryRule, Exit, JourneyDefinition, Trigger } from "../language/definition.ts";
import type { Compiling, Gathered } from "../predicate/compiling.ts";
import { createGathered } from "../predicate/compiling.ts";
import { compileOperand } from "../predicate/operand.ts";
import { compilePredicate } from "../predicate/predicate.ts";
import { compileDuration } from "../time/duration.ts";
import { compileNodes } from "./nodes.ts";
import type { CompiledEntry, CompiledExit, CompiledTrigger, CompiledVersion, Needs } from "./types.ts";

export interface CompileOptions {
  readonly version: number;
  readonly journeyId: string;
  readonly catalog: Catalog;
}

/** Compiles a definition in which `validateJourney` found no problem. Throws `journey.invalid` on a dangling edge. */
export function compileJourney(definition: JourneyDefinition, options: CompileOptions): CompiledVersion {
  const gathered = createGathered();
  const entering: Compiling = {
    compile: compilePredicate,
    timeZone: definition.timeZone,
    phase: "entry",
    gathered,
  };
  const running: Compiling = { ...entering, phase: "run" };
  const nodes = compileNodes({ definition, ...options, c: running });
  const exits = (definition.exits ?? []).map((exit) => compileExit(exit, running));
  const goal = definition.goal && compileExit({ name: "goal", ...definition.goal }, running);
  return {
    journeyId: options.journeyId,
    version: options.version,
    definition,
    start: nodes.start,
    nodes: nodes.byId,
    looping: findLooping(definition),
    triggersByEvent: compileTriggers(definition.triggers, entering),
    filter: definition.filter && compilePredicate(definition.filter, entering),
    entry: compileEntry(definition.entry ?? { reentry: "never" }, entering),
    exits,
    goal,
    listens: gathered.listens,
    hasConditions: [...exits, goal].some((exit) => exit !== undefined && exit.event === undefined),
    needs: needsOf(gathered),
  };
}

function findLooping(definition: JourneyDefinition): ReadonlySet<string> {
  const next = Map.groupBy(findEdges(definition), (edge) => edge.from);
  next.delete(undefined);
  const targets = [...next].map(([from, edges]) => [from!, edges.map((edge) => edge.to)] as const);
  return new Set(findLoops(new Map(targets)).flat());
}

function compileTriggers(triggers: readonly Trigger[], c: Compiling): ReadonlyMap<string, readonly CompiledTrigger[]> {
  for (const { event } of triggers) c.gathered.events.add(event);
  return Map.groupBy(
    triggers.map(({ event, where }) => ({ event, where: where && compilePredicate(where, c) })),
    ({ event }) => event,
  );
}

function compileEntry({ key, reentry, cooldown }: EntryRule, c: Compiling): CompiledEntry {
  return {
    key: key === undefined ? undefined : compileOperand(key, c),
    reentry,
    cooldown: cooldown === undefined ? undefined : compileDuration(cooldown, c.timeZone),
  };
}

function compileExit({ name, event, where, when }: Exit, c: Compiling): CompiledExit {
  if (event !== undefined) {
    c.gathered.events.add(event);
    c.gathered.listens.add(event);
  }
  return { name, event, where: where && compilePredicate(where, c), when: when && compilePredicate(when, c) };
}

function needsOf(gathered: Gathered): Needs {
  return {
    history: gathered.runHistory,
    entryHistory: gathered.entryHistory,
    entryEvent: gathered.entryEvent,
    traits: gathered.traits,
    events: gathered.events,
    connections: gathered.connections,
  };
}
