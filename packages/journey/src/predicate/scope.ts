import type { EventFact, History } from "../decide/types.ts";
import type { Json, JsonObject } from "../json.ts";

/** What a compiled predicate reads. One object per decision; `traits`, `vars` and `item` change while it runs. */
export interface Scope {
  readonly profileId: string;
  traits: JsonObject;
  vars: JsonObject;
  /** The entry event; in a trigger, filter or entry key the triggering one. */
  readonly entry: EventFact | undefined;
  /** The event that just arrived. */
  readonly signal: EventFact | undefined;
  /** The history event under test. */
  item: EventFact | undefined;
  readonly history: History;
  /** The signal's own time: history is read up to here. */
  readonly now: number;
  /** Among events received at `now`, only those up to this id; undefined: all of them. */
  readonly upToId: string | undefined;
}

/** A compiled predicate. */
export type Test = (scope: Scope) => boolean;

/** A compiled operand; undefined when there is no value. */
export type Read = (scope: Scope) => Json | undefined;
