import type { CompiledVersion } from "../compile/types.ts";
import type { JsonObject } from "../json.ts";
import type { EventFact, Facts } from "./types.ts";

/** What is remembered for ever of one (journey, profile, entry key). */
export interface StoredEntry {
  /** The active or failed run; null once it has ended. */
  readonly runId: string | null;
  readonly enteredAt: number;
  /** Id of the event that last made it enter. */
  readonly lastEvent: string;
}

export interface TriggerInput {
  readonly version: CompiledVersion;
  readonly facts: Pick<Facts, "profile" | "history">;
  /** The event, after its traits were applied and after active runs have seen it. Its receivedAt is `now`. */
  readonly event: EventFact;
}

export interface EntryInput extends TriggerInput {
  /** What is remembered under an entry key; called at most once, after trigger and filter passed. */
  readonly entry: (entryKey: string) => StoredEntry | undefined;
}

/** An event whose trigger matched while its journey was paused, decided later. */
export interface HeldEntryInput extends EntryInput {
  /** When it is decided: filter, entry key and re-entry rule are asked on what is true then. */
  readonly now: number;
}

export type EntryDecision =
  | { readonly kind: "enter"; readonly entryKey: string }
  /** The trigger matched, and yet no run; recorded with its reason. */
  | { readonly kind: "refused"; readonly reason: RefusedReason; readonly detail: JsonObject | null }
  /** No trigger matched, or this very event has started a run already. */
  | { readonly kind: "none" };

export type RefusedReason = "filter_false" | "entry_key_missing" | "already_active" | "reentry_never" | "cooldown";
