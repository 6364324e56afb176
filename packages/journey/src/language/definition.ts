import type { Node } from "./node.ts";
import type { Operand } from "./operand.ts";
import type { Predicate } from "./predicate.ts";

/** A journey as its author writes it, in JSON. */
export interface JourneyDefinition {
  readonly name: string;
  /** IANA zone in which calendar durations are counted: `Europe/Berlin`. */
  readonly timeZone: string;
  readonly triggers: readonly Trigger[];
  /** Tested on the profile as the triggering event left it. */
  readonly filter?: Predicate;
  readonly entry?: EntryRule;
  readonly exits?: readonly Exit[];
  readonly goal?: Goal;
  /** Id of the first node. */
  readonly start: string;
  readonly nodes: { readonly [id: string]: Node };
}

export interface Trigger {
  readonly type: "event";
  readonly event: string;
  /** Tested on the triggering event, as `event` or `signal`. */
  readonly where?: Predicate;
}

/** Who may enter again. Absent: `{ reentry: "never" }`. */
export interface EntryRule {
  /** Tells parallel runs of one profile apart, for example an order id. Absent: one run at a time. */
  readonly key?: Operand;
  /** `never`, or once no run with the same key is active: `afterExit` and `always`. */
  readonly reentry: "never" | "afterExit" | "always";
  /** Since the last entry: exact (`PT24H`) or calendar (`P1D`). */
  readonly cooldown?: string;
}

/** Ends a run at once, wherever it stands: when an event arrives, when a condition holds, or both together. */
export interface Exit {
  readonly name: string;
  readonly event?: string;
  /** Tested on the arriving event, as `signal`; needs `event`. */
  readonly where?: Predicate;
  readonly when?: Predicate;
}

/** What the journey is for. Reaching it is counted and ends the run. */
export type Goal = Omit<Exit, "name">;

/** Returns the definition unchanged, checked by the compiler. */
export function defineJourney<const D extends JourneyDefinition>(definition: D): D {
  return definition;
}
