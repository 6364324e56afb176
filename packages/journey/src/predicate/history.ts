import type { EventFact } from "../decide/types.ts";
import type { HistoryQuery } from "../language/operand.ts";
import { splitRef } from "../language/ref.ts";
import type { CompiledDuration } from "../time/duration.ts";
import { compileDuration, subtractDuration } from "../time/duration.ts";
import type { Compiling } from "./compiling.ts";
import { gatherHistory } from "./compiling.ts";
import { compileEventPath } from "./path.ts";
import type { Scope, Test } from "./scope.ts";

interface CompiledQuery {
  readonly event: string;
  readonly where: Test | undefined;
  readonly within: CompiledDuration | undefined;
}

function compileQuery(query: HistoryQuery, c: Compiling): CompiledQuery {
  const within = query.within === undefined ? undefined : compileDuration(query.within, c.timeZone);
  gatherHistory(c, query.event, within);
  return { event: query.event, where: query.where && c.compile(query.where, c), within };
}

/** How many events match. */
export function compileCount(query: HistoryQuery, c: Compiling): (scope: Scope) => number {
  const compiled = compileQuery(query, c);
  return (scope) => countUpTo(compiled, scope, Number.POSITIVE_INFINITY);
}

/** Whether at least `times` events match. */
export function compileDid(query: HistoryQuery, times: number, c: Compiling): Test {
  const compiled = compileQuery(query, c);
  return (scope) => countUpTo(compiled, scope, times) >= times;
}

/** The sum of the number at `of` over the events that match; 0 without any. */
export function compileSum(query: HistoryQuery & { readonly of: string }, c: Compiling): (scope: Scope) => number {
  const compiled = compileQuery(query, c);
  const read = compileEventPath(splitRef(query.of));
  return (scope) => {
    const events = scope.history.events(compiled.event);
    const end = endIndex(events, scope);
    let sum = 0;
    for (let i = startIndex(events, compiled, scope); i < end; i++) {
      const value = matches(compiled, events[i]!, scope) ? read(events[i]!) : undefined;
      if (typeof value === "number") sum += value;
    }
    return sum;
  };
}

// From the newest back, so that "did it lately" stops early.
function countUpTo(query: CompiledQuery, scope: Scope, enough: number): number {
  const events = scope.history.events(query.event);
  const start = startIndex(events, query, scope);
  const end = endIndex(events, scope);
  if (query.where === undefined) return Math.max(0, end - start);
  let count = 0;
  for (let i = end - 1; i >= start && count < enough; i--) if (matches(query, events[i]!, scope)) count++;
  return count;
}

function matches(query: CompiledQuery, event: EventFact, scope: Scope): boolean {
  if (query.where === undefined) return true;
  scope.item = event;
  const verdict = query.where(scope);
  scope.item = undefined;
  return verdict;
}

/** Index of the first event inside the window; the window's first instant belongs to it. */
function startIndex(events: readonly EventFact[], query: CompiledQuery, scope: Scope): number {
  if (query.within === undefined || events.length === 0) return 0;
  const since = subtractDuration(scope.now, query.within);
  return partition(events, (event) => event.receivedAt < since);
}

/** Index after the last event that the signal may see. */
function endIndex(events: readonly EventFact[], scope: Scope): number {
  const visible = (event: EventFact) => isVisible(event, scope);
  const last = events.at(-1);
  if (last === undefined || visible(last)) return events.length;
  return partition(events, visible);
}

function isVisible(event: EventFact, scope: Scope): boolean {
  if (event.receivedAt !== scope.now) return event.receivedAt < scope.now;
  return scope.upToId === undefined || event.id <= scope.upToId;
}

/** Length of the prefix for which `before` holds. */
function partition(events: readonly EventFact[], before: (event: EventFact) => boolean): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before(events[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
