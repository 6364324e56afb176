import type { Predicate } from "../language/predicate.ts";
import type { CompiledDuration } from "../time/duration.ts";
import { widestSpan } from "../time/duration.ts";
import type { Test } from "./scope.ts";

/** What compiling a version gathers on its way. */
export interface Compiling {
  /** Compiles the `where` of a history: predicates hold operands, and these hold predicates again. */
  readonly compile: (predicate: Predicate, c: Compiling) => Test;
  readonly timeZone: string;
  /** Whether this is read when a profile enters, or by its runs. */
  readonly phase: "entry" | "run";
  readonly gathered: Gathered;
}

export interface Gathered {
  readonly entryHistory: Map<string, number>;
  readonly runHistory: Map<string, number>;
  readonly traits: Set<string>;
  readonly events: Set<string>;
  readonly connections: Set<string>;
  readonly listens: Set<string>;
  entryEvent: boolean;
}

export function createGathered(): Gathered {
  return {
    entryHistory: new Map(),
    runHistory: new Map(),
    traits: new Set(),
    events: new Set(),
    connections: new Set(),
    listens: new Set(),
    entryEvent: false,
  };
}

export function gatherHistory(c: Compiling, event: string, within: CompiledDuration | undefined): void {
  const windows = c.phase === "entry" ? c.gathered.entryHistory : c.gathered.runHistory;
  const span = within === undefined ? Number.POSITIVE_INFINITY : widestSpan(within);
  windows.set(event, Math.max(windows.get(event) ?? 0, span));
  c.gathered.events.add(event);
}

export function gatherRef(c: Compiling, root: string | undefined, key: string | undefined): void {
  if (root === "profile" && key !== undefined && key !== "id") c.gathered.traits.add(key);
  if (root === "event" && c.phase === "run") c.gathered.entryEvent = true;
}
