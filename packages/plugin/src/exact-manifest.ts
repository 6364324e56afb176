import type { ActionManifest } from "./contract/action.ts";
import type { SignalManifest } from "./contract/signal.ts";
import type { KeyOf } from "./stray-key.ts";

// Constraints by which a type parameter refuses what it was inferred from. The compiler points to the field that there is
// not, and says so in a sentence; its own check of unknown fields does not look at what a parameter is inferred from.

/** What an action has, and no field besides; those of what it consists of neither. */
export type ExactAction<A> = NoOther<A, keyof ActionManifest, "An action"> & {
  readonly [Part in keyof A & ("dedupe" | "batch" | "rateLimit")]: NoOther<A[Part], KeyOf<ActionManifest[Part]>, Part>;
};

export type ExactActions<Actions> = { readonly [Name in keyof Actions]: ExactAction<Actions[Name]> };

export type ExactSignals<Signals> = {
  readonly [Name in keyof Signals]: NoOther<Signals[Name], keyof SignalManifest, "A signal">;
};

type NoOther<Given, Known extends PropertyKey, What extends string> = {
  readonly [Field in Exclude<keyof Given, Known>]: `${What} has no field ${Field & string}`;
};
