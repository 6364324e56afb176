import type { Json, JsonObject, RefusedReason } from "@wend/journey";
import { instantWords, quoted } from "../listing/words.ts";

export interface Refusal {
  /** Name of the journey. */
  readonly journey: string;
  readonly reason: string;
  readonly detail: JsonObject | null;
}

/** Why a profile did not enter a journey although its trigger matched, in a sentence. */
export function explainRefusal({ journey, reason, detail }: Refusal): string {
  return `Not entered into ${quoted(journey)}: ${words[reason as Reason]?.(detail ?? {}) ?? reason}.`;
}

type Reason = RefusedReason | "journey_paused";

const words: Readonly<Record<Reason, (detail: JsonObject) => string>> = {
  filter_false: () => "the profile does not fit the journey's filter",
  entry_key_missing: () => "the event does not hold what the entry key is read from",
  already_active: () => "a run with the same entry key is still under way",
  reentry_never: ({ enteredAt }) => `it entered before${on(enteredAt)}, and this journey takes nobody twice`,
  cooldown: ({ enteredAt, until }) => `its last entry${on(enteredAt)} is too recent; it may enter again${on(until)}`,
  journey_paused: () => "the journey was paused, and entries were not to be kept",
};

const on = (at: Json | undefined): string => (typeof at === "number" ? ` on ${instantWords(at)}` : "");
